import { describe, expect, it } from 'vitest';
import { locales } from '../../../kernel/locale.ts';
import { createSay } from '../../../platform/i18n.ts';
import { entryKinds } from '../ledger/person.ts';
import { ownSentence } from './own-sentence.ts';

const say = createSay();
const title = { 'zh-CN': '签到', en: 'Sign-in' };
const told = (
  kind: (typeof entryKinds)[number],
  derivation: Record<string, unknown>,
  locale: (typeof locales)[number] = 'en',
) => ownSentence({ kind, derivation }, say, locale);

describe('a line of points, as a member reads it', () => {
  it.each([
    ['earn', { by: 'Anna', reason: 'late parcel' }, 'Given: late parcel'],
    ['spend', { by: 'Anna', reason: 'by mistake' }, 'Taken: by mistake'],
    ['earn', { reason: 'order', order: 'O-7', points: 5 }, 'By order O-7'],
    ['take_back', { reason: 'order', order: 'O-7' }, 'Taken back: return of order O-7'],
    ['spend', { mallOrder: 3, item: { 'zh-CN': '杯子', en: 'Cup' } }, 'Exchanged for “Cup”'],
    ['give_back', { mallOrder: 3, item: { 'zh-CN': '杯子' } }, 'Exchange taken back: “杯子”'],
    ['earn', { activity: 2, title, streak: 3 }, 'By “Sign-in”'],
  ] as const)(
    'says of %s what it was for, and of nobody who did it',
    (kind, derivation, sentence) => {
      expect(told(kind, derivation)).toBe(sentence);
      for (const locale of locales) {
        expect(told(kind, derivation, locale)).not.toContain('Anna');
        expect(told(kind, derivation, locale)).not.toContain('page.entry');
      }
    },
  );

  it('leaves the others to the general sentence', () => {
    expect(told('spend', { document: 'O-7', by: 'shop 1' })).toBeNull();
    expect(told('expire', { by: 'Anna', reason: 'x' })).toBeNull();
    expect(told('earn', {})).toBeNull();
  });
});
