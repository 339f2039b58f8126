import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { normaliseEmail, normaliseIdentifier, normalisePhone, normaliseText } from './normalise.ts';
import { isPersonal, looksPersonal, withoutPersonal } from './personal.ts';

describe('normalised identifiers', () => {
  it.each(['13800138000', '138 0013 8000', '+86 138-0013-8000', '008613800138000', '8613800138000', '１３８００１３８０００', 'tel:13800138000', '138-0013-8000', '138−0013−8000', '13800138000.0', '(+86)13800138000'])(
    'reads the mobile %s in one form', (text) => {
      expect(normalisePhone(text)).toEqual({ text: '+8613800138000' });
    });

  it.each([
    ['010-12345678', '+861012345678'],
    ['0755-1234567', '+867551234567'],
    ['(021) 6234 5678', '+862162345678'],
    ['+86 010 12345678', '+861012345678'],
    ['+44 20 7946 0958', '+442079460958'],
    ['00852 2345 6789', '+85223456789'],
  ])('keeps the area code of a landline and the country of a foreign number: %s', (text, phone) => {
    expect(normalisePhone(text)).toEqual({ text: phone });
  });

  it.each([
    ['138****8000', 'phone_masked'],
    ['1.38001E+10', 'damaged_by_spreadsheet'],
    ['1380013800', 'not_a_phone'],
    ['12800138000', 'not_a_phone'],
    ['138001380001', 'not_a_phone'],
    ['12345', 'not_a_phone'],
    ['无', 'not_a_phone'],
    ['+861380013', 'not_a_phone'],
    ['+86 1380013800', 'not_a_phone'],
    ['+0123456789', 'not_a_phone'],
    ['400-800-8888', 'not_a_phone'],
    ['   ', 'identifier_empty'],
  ])('refuses %s as %s', (text, refusal) => {
    expect(normalisePhone(text)).toEqual({ refusal });
  });

  it.each([
    [' Zhang.San＠Example.COM ', 'zhang.san@example.com'],
    ['mailto:a@b.cn', 'a@b.cn'],
    ['ａ＠ｂ．ｃｏｍ', 'a@b.com'],
    ['a+tag@sub.example.co.uk', 'a+tag@sub.example.co.uk'],
    ['用户@例子.公司', '用户@例子.公司'],
  ])('compares the address %s in lower case and half width', (text, address) => {
    expect(normaliseEmail(text)).toEqual({ text: address });
  });

  it.each([
    'a', 'a@', '@example.com', 'a@b', 'a b@example.com', 'a,b@c.com', 'a@b..com', '.a@example.com', 'a..b@example.com', 'a@-b.com',
    `${'x'.repeat(65)}@example.com`, `${'x'.repeat(64)}@${'b'.repeat(190)}.com`,
  ])('refuses the address %s', (text) => {
    expect(normaliseEmail(text)).toEqual({ refusal: 'not_an_email' });
  });

  it('takes other identifiers as they are, without NUL, and bounded', () => {
    expect(normaliseText(' CQ\u00000001 ')).toEqual({ text: 'CQ0001' });
    expect(normaliseText('x'.repeat(201))).toEqual({ refusal: 'identifier_too_long' });
    expect(normaliseText('\ud800')).toEqual({ text: '\ufffd' });
  });

  it('is settled after one turn, whatever is typed', () => {
    fc.assert(fc.property(fc.constantFrom('phone', 'email', 'external_id', 'device'), fc.string({ unit: 'binary', maxLength: 40 }), (kind, text) => {
      const first = normaliseIdentifier(kind, text);
      if ('text' in first) expect(normaliseIdentifier(kind, first.text)).toEqual(first);
    }));
  });

  it('sees personal data by its form in places where none belongs', () => {
    for (const text of ['13800138000', 'a@example.com', '11010519491231002X', '+8613800138000']) expect(looksPersonal(text), text).toBe(true);
    for (const text of ['CQ00000001', '17850', 'gold', '20250101', '3.14159265', 'tea@home']) expect(looksPersonal(text), text).toBe(false);
    expect(isPersonal('external_id', 'CQ1')).toBe(false);
    expect(isPersonal('external_id', '13800138000')).toBe(true);
    expect(isPersonal('openid', 'oABC')).toBe(true);
  });

  it('leaves personal data out of filters that are written down, and the rest as it is', () => {
    expect(withoutPersonal({ channel: ['天猫', '138 0013 8000'], q: 'a@example.com', from: '2026-01-01T00:00:00Z', orderId: '20260101000001', tag: 3, gender: '' }))
      .toEqual({ channel: ['天猫', '***'], q: '***', from: '2026-01-01T00:00:00Z', orderId: '20260101000001', tag: 3, gender: '' });
  });
});
