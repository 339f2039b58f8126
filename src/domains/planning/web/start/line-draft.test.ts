import { describe, expect, it } from 'vitest';
import { beginLine, saved, shownText } from './line-draft.ts';

const standing = { text: '复购低', version: 3 };

describe('a short text that two people write at once', () => {
  it('is saved on the version it was begun on, whatever came meanwhile', () => {
    const draft = { ...beginLine(standing), text: '复购率低' };
    const meanwhile = { text: '复购太低', version: 4 };
    expect([shownText(draft, null, meanwhile), saved(draft)]).toEqual(['复购率低', { text: '复购率低', version: 3 }]);
    // Whoever has seen what the other wrote goes on from there.
    expect(saved({ ...draft, begun: meanwhile })).toEqual({ text: '复购率低', version: 4 });
    expect(shownText(null, null, meanwhile)).toBe('复购太低');
    // What was saved stands until the plan is read again.
    const sent = saved(draft);
    expect([shownText(null, sent, standing), shownText(null, sent, { text: '复购率低', version: 4 })]).toEqual(['复购率低', '复购率低']);
  });

  it('is not saved where nothing was typed, also when others changed it', () => {
    expect([saved(beginLine(standing)), saved({ ...beginLine(standing), text: ' 复购低 ' })]).toEqual([null, null]);
  });
});
