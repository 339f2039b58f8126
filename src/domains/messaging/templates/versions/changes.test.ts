import { describe, expect, it } from 'vitest';
import { type GivenContent, templateContent } from '../../contract.ts';
import { changesOf } from './changes.ts';

const of = (before: GivenContent, after: GivenContent): string[] =>
  changesOf(templateContent.parse(before), templateContent.parse(after)).map(
    ({ locale, part, field, before: was, after: is }) =>
      `${locale} ${part}.${field}: ${was} → ${is}`,
  );
const mail = (
  blocks: object[],
  subject = '新茶',
  accent = '#1f7a5c',
): GivenContent =>
  ({
    kind: 'mail',
    accent,
    locales: { 'zh-CN': { subject, blocks } },
  }) as GivenContent;
const title = (key: string, text: string) => ({ kind: 'title', key, text });

describe('what a version changes', () => {
  it('is nothing where nothing is said differently', () => {
    expect(of(mail([title('a', '一')]), mail([title('a', '一')]))).toEqual([]);
  });

  it('is told block by block, wherever one moved to', () => {
    const before = mail([title('a', '一'), title('b', '二'), title('c', '三')]);
    const after = mail(
      [title('c', '三'), title('a', '一!'), title('d', '四')],
      '春茶',
      '#aa0000',
    );
    expect(of(before, after)).toEqual([
      'zh-CN mail.subject: 新茶 → 春茶',
      'zh-CN title.text: 一 → 一!',
      'zh-CN title.text: 二 → null',
      'zh-CN title.align: left → null',
      'zh-CN mail.accent: #1f7a5c → #aa0000',
      'zh-CN title.text: null → 四',
      'zh-CN title.align: null → left',
      'zh-CN mail.order: null → null',
    ]);
  });

  it('is told of words, variables and languages', () => {
    const before: GivenContent = {
      kind: 'plain',
      locales: {
        'zh-CN': { text: '您好', variables: [{ name: 'a', value: '1' }] },
      },
    };
    const after: GivenContent = {
      kind: 'plain',
      locales: {
        'zh-CN': { text: '您好呀', link: 'https://a.test/' },
        en: { text: 'Hi' },
      },
    };
    expect(of(before, after)).toEqual([
      'zh-CN plain.text: 您好 → 您好呀',
      'zh-CN variable.a: 1 → null',
      'zh-CN plain.link: null → https://a.test/',
      'en plain.text: null → Hi',
    ]);
  });
});
