import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSay } from '../../../../platform/i18n.ts';
import type { MessageLinks } from '../../part.ts';
import { compileContent } from '../compile/compile.ts';
import { readyTemplates } from '../ready-made/ready-made.ts';
import { marks } from './compiled.ts';
import { finishMessage } from './finish.ts';
import { PieceEmitter, sharedParts, splitAtPlaces } from './pieces.ts';
import { createRenderer } from './renderer.ts';

const long = (letter: string): string => letter.repeat(120);

describe('a page in pieces', () => {
  it('is what was written, with a number for each part that all messages share', () => {
    const part = fc.constantFrom(long('a'), long('b'), `${long('c')}${marks.pixel}`, 'short', '');
    fc.assert(fc.property(fc.array(part, { maxLength: 12 }), fc.array(fc.string({ maxLength: 200 }), { minLength: 12, maxLength: 12 }), (parts, values) => {
      const shared = sharedParts({ html: parts.join('{{ x }}') });
      expect(shared.every((each) => parts.includes(each) && each.length >= 100)).toBe(true);
      const page = new PieceEmitter(new Map(shared.map((each, number) => [each, number])));
      const written = parts.flatMap((each, i) => [each, values[i]]);
      for (const each of written) page.write(each);
      const pieces = page.end();
      expect(pieces.map((piece) => (typeof piece === 'number' ? shared[piece] : piece)).join('')).toBe(written.join(''));
      expect(page.length).toBe(written.join('').length);
      expect(pieces.filter((piece) => typeof piece === 'string').every((text) => !shared.some((each) => text === each))).toBe(true);
    }));
  });

  it('is split at its places and nowhere else', () => {
    expect(splitAtPlaces(`a${marks.pixel}b${marks.unsubscribe}`)).toEqual(['a', 'pixel', 'b', 'unsubscribe', '']);
    expect(splitAtPlaces('a pixel')).toEqual(['a pixel']);
  });

  it('of a ready mail is nearly all shared, and one with the person’s own links once it is finished', () => {
    const links: MessageLinks = { track: (url, position) => `https://t.test/${position}?u=${encodeURIComponent(url)}`, pixelUrl: 'https://t.test/o', unsubscribeUrl: 'https://t.test/u', preferencesUrl: 'https://t.test/p' };
    for (const { content } of readyTemplates(createSay(), 'zh-CN').filter((each) => each.content.kind === 'mail')) {
      const compiled = compileContent(content, { name: '茶山', timeZone: 'Asia/Shanghai', currency: 'CNY' });
      const written = createRenderer(compiled).write({ person: { name: '<小林>' } }, 'zh-CN');
      const own = written.html!.filter((piece) => typeof piece === 'string').join('').length;
      const { html } = finishMessage(compiled, 'zh-CN', written, links);
      expect(own / html!.length).toBeLessThan(0.3);
      expect(html).not.toMatch(/[\uE010\uE011]/);
      expect(html!.split('https://t.test/o').length).toBe(2);
      expect(html).toContain('https://t.test/u');
      expect(html!.endsWith('</html>')).toBe(true);
    }
  });
});
