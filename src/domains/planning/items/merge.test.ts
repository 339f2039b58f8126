import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedFields, quarrels } from './merge.ts';

const field = fc.constantFrom('text', 'source', 'weight');
const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 2 }));
const body = fc.dictionary(field, value, { noNullPrototype: true });

describe('two edits of one thing', () => {
  it('differ in the fields whose values do, however deep, and in those that one of them has not', () => {
    expect(changedFields({ a: 1, b: { c: [1, 2] }, d: 1 }, { a: 1, b: { c: [1, 3] }, e: 2 })).toEqual(['b', 'd', 'e']);
    expect(changedFields({ a: [1] }, { a: [1] })).toEqual([]);
  });

  it('differ in nothing exactly when they are the same', () => {
    fc.assert(fc.property(body, body, (a, b) => {
      const fields = changedFields(a, b);
      expect(changedFields(b, a)).toEqual(fields);
      const made = { ...a };
      for (const name of fields) {
        if (name in b) made[name] = b[name];
        else delete made[name];
      }
      expect(made).toEqual(b);
    }));
  });

  it('quarrel about a field that both set to something else, and about no other', () => {
    expect(quarrels({ text: 'mine' }, ['text'], { text: 'theirs' })).toEqual(['text']);
    expect(quarrels({ text: 'ours' }, ['text'], { text: 'ours' })).toEqual([]);
    expect(quarrels({ text: 'mine' }, ['source'], { text: 'before' })).toEqual([]);
    expect(quarrels({ text: 'mine' }, ['text'], {})).toEqual(['text']);
  });

  it('never lose what the other said: a field that was changed since stays, or is what both want, or is refused', () => {
    fc.assert(fc.property(body, body, body, (start, theirs, mine) => {
      const now = { ...start, ...theirs };
      const since = changedFields(start, now);
      const quarrel = quarrels(mine, since, now);
      if (quarrel.length > 0) return;
      const after = { ...now, ...mine };
      for (const name of since) expect(after[name]).toEqual(now[name]);
    }));
  });
});
