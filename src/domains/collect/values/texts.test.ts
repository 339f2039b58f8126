import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEmail, readPhone } from './contact.ts';
import { currencyOf } from './currency.ts';
import { failureName } from './failure.ts';
import { isPlainEmail, isPlainMobile } from './plain-contact.ts';
import { provinceOf, provinces } from './region.ts';
import { cleanText, isComposed, isRoundedNumber, wholeNumberEnd } from './text.ts';
import type { TextResult } from './text-result.ts';
import { valueText } from './trim.ts';
import { booleanWords, genders, genderWords, kinds, kindWords, wordNumber } from './words.ts';

const outcome = (result: TextResult) => ('text' in result ? result.text : failureName(result.failure));
const range = (text: string): [Buffer, number, number] => {
  const bytes = Buffer.from(`(${text})`);
  return [bytes, 1, bytes.length - 1];
};

describe('contacts', () => {
  it.each([
    [readPhone, '138 0013 8000', '+8613800138000'],
    [readPhone, '138****8000', 'phone_masked'],
    [readPhone, '1.38001E+10', 'damaged_by_spreadsheet'],
    [readPhone, '12345', 'not_a_phone'],
    [readEmail, ' Li.Lei@Example.COM ', 'li.lei@example.com'],
    [readEmail, 'li.lei@example', 'not_an_email'],
    [readEmail, ' ', 'value_required'],
  ])('%o: %s is %s', (read, text, expected) => {
    expect(outcome(read(text))).toBe(expected);
  });
});

describe('contacts that need no rewriting', () => {
  it('are what the rewriting gives', () => {
    const piece = fc.string({
      unit: fc.constantFrom('a', 'z', '0', '_', '.', '-', '@', 'A', ' ', 'c'),
      maxLength: 6,
    });
    const like = fc
      .tuple(piece, piece, fc.constantFrom('com', 'cn', 'c', '1', ''))
      .map(([name, host, end]) => `${name}@${host}.${end}`);
    fc.assert(
      fc.property(like, (text) => {
        if (isPlainEmail(...range(text))) expect(outcome(readEmail(text))).toBe(text);
      }),
      { numRuns: 3000 },
    );
    for (const length of [64, 65]) {
      const text = `${'x'.repeat(length)}@example.com`;
      expect(isPlainEmail(...range(text)), text).toBe('text' in readEmail(text));
    }
    fc.assert(
      fc.property(fc.stringMatching(/^[01][0-9a]{9,11}$/), (text) => {
        if (isPlainMobile(...range(text))) expect(outcome(readPhone(text))).toBe(`+86${text}`);
      }),
    );
  });

  it('are the usual ones', () => {
    expect(
      ['li.lei@example.com', 'a1_b@qq.com', 'x@mail.example.co.uk'].every((text) =>
        isPlainEmail(...range(text)),
      ),
    ).toBe(true);
    expect(isPlainMobile(...range('13800138000'))).toBe(true);
    expect(
      ['Li@example.com', 'a@b', 'a@@b.com', 'a.@b.com', 'a@b.c1', ''].some((text) =>
        isPlainEmail(...range(text)),
      ),
    ).toBe(false);
    expect(['12800138000', '1380013800', '1380013800a'].some((text) => isPlainMobile(...range(text)))).toBe(
      false,
    );
  });
});

describe('words', () => {
  it('knows genders in both languages', () => {
    const gender = (word: string) => genders[wordNumber(genderWords, word)];
    expect(['男', 'M', ' Male ', '先生', '1'].map(gender)).toEqual(Array(5).fill('male'));
    expect(['女', 'f', 'FEMALE', '女士', '2'].map(gender)).toEqual(Array(5).fill('female'));
    expect(['未知', '保密', '0', 'O', 'Unknown'].map(gender)).toEqual(Array(5).fill('unknown'));
    expect(gender('robot')).toBeUndefined();
  });

  it('knows yes and no, sale and refund', () => {
    expect(['是', 'TRUE', '1', 'y', '已订阅'].map((word) => wordNumber(booleanWords, word))).toEqual([
      1, 1, 1, 1, 1,
    ]);
    expect(['否', 'false', '0', 'N', '退订'].map((word) => wordNumber(booleanWords, word))).toEqual([
      2, 2, 2, 2, 2,
    ]);
    expect(['退款', 'Refund', '交易成功'].map((word) => kinds[wordNumber(kindWords, word)])).toEqual([
      'refund',
      'refund',
      'sale',
    ]);
  });
});

describe('regions', () => {
  it('are provinces by their short names', () => {
    expect(
      ['广东省', '广东', '内蒙古自治区', '黑龙江省哈尔滨市', '上海市浦东新区', '中国，北京市', '臺灣'].map(
        (text) => provinceOf(text, false),
      ),
    ).toEqual(['广东', '广东', '内蒙古', '黑龙江', '上海', '北京', '台湾']);
    expect(new Set(provinces.map((name) => name.slice(0, 2))).size).toBe(34);
  });

  it('of an address are the province and nothing more', () => {
    expect(provinceOf('广东省深圳市南山区科技园1号 李雷', true)).toBe('广东');
    expect(provinceOf('深圳市南山区科技园1号', true)).toBe('');
    expect(provinceOf('United Kingdom', false)).toBe('United Kingdom');
  });
});

describe('texts', () => {
  it('lose the white space around them, of any width', () => {
    expect(valueText(...range(' \t\u3000\u00a0a b\ufeff\u200b\r\n'))).toBe('a b');
    expect(valueText(...range('\u3000'))).toBe('');
  });

  it('lose what spreadsheets are given to leave long numbers alone', () => {
    expect(
      ['="2020022100001"', "'2020022100001", '=""', "'", '=1+1', '"x"'].map((text) =>
        valueText(...range(text)),
      ),
    ).toEqual(['2020022100001', '2020022100001', '', "'", '=1+1', '"x"']);
  });

  it('that stand for nothing are nothing', () => {
    const nothing = ['\\N', 'NULL', 'null', 'NaN', 'nan', 'None', '#N/A', 'N/A', '-', '--', ' NULL '];
    expect(nothing.map((text) => valueText(...range(text)))).toEqual(nothing.map(() => ''));
    const something = ['N', '0', 'NULLS', 'Nana', '---', 'no', 'nul', '#1'];
    expect(something.map((text) => valueText(...range(text)))).toEqual(something);
  });

  it('trimmed are what the platform trims, and zero-width spaces more', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(' ', '\u3000', '\u00a0', 'a', '订', '！', '\u2028') }),
        (text) => {
          expect(valueText(...range(text)).trim()).toBe(text.trim());
        },
      ),
    );
  });

  it('are composed, without NUL and without half characters', () => {
    expect(cleanText(' Cafe\u0301\0 \ud800 ')).toBe('Café \ufffd');
  });

  it('are only called composed where they are', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(
            fc.constantFrom(
              'a',
              'é',
              'e\u0301',
              '订',
              '！',
              '　',
              '\u3099',
              'か',
              '\u0327',
              '\0',
              'ﾞ',
              '가',
              '\u1161',
            ),
            fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
          ),
        }),
        (raw) => {
          const text = raw.toWellFormed();
          if (isComposed(...range(text))) expect(text).toBe(text.normalize('NFC').replaceAll('\0', ''));
        },
      ),
      { numRuns: 2000 },
    );
    expect(isComposed(...range('订单编号：ABC-１２３，完成。'))).toBe(true);
  });

  it('that a spreadsheet has rounded are known', () => {
    const rounded = ['1.38001E+10', '2E+17', '9.007e+15', '-1.5E+20'];
    expect(rounded.map((text) => isRoundedNumber(...range(text)))).toEqual([true, true, true, true]);
    const sound = ['536365', '85123A', '12E4', 'E+17', '1.5E-7', '', 'SIZE+1', '1E+X'];
    expect(sound.map((text) => isRoundedNumber(...range(text)))).toEqual(sound.map(() => false));
  });

  it('that are whole numbers lose decimals of zero', () => {
    const cut = (text: string) => {
      const [bytes, start, end] = range(text);
      return bytes.toString('utf8', start, wholeNumberEnd(bytes, start, end));
    };
    expect(['17850.0', '17850.00', '100', '0.0', '17850.5', 'A1.0', '.0', '', '1.'].map(cut)).toEqual([
      '17850',
      '17850',
      '100',
      '0',
      '17850.5',
      'A1.0',
      '.0',
      '',
      '1.',
    ]);
  });
});

it('knows currencies by code, sign and name', () => {
  expect([' cny ', '¥', '￥', '人民币', 'US$', '£', 'EUR'].map((text) => outcome(currencyOf(text)))).toEqual([
    'CNY',
    'CNY',
    'CNY',
    'CNY',
    'USD',
    'GBP',
    'EUR',
  ]);
  expect(outcome(currencyOf('gold'))).toBe('not_a_currency');
});
