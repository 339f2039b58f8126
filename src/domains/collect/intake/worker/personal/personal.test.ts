import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLike } from './looks-like.ts';
import { plainName, splitProperties } from './split-properties.ts';

describe('what looks personal', () => {
  it.each([
    ['13800138000', 'phone'], ['+86 138 0013 8000', 'phone'], ['+8613800138000', 'phone'], ['138-0013-8000', 'phone'], ['请致电13912345678谢谢', 'phone'], [13_912_345_678, 'phone'],
    ['a@b.cn', 'email'], ['mailto:Li.Wei+x@mail.example.com!', 'email'], ['https://shop/?user=li@example.com&x=1', 'email'],
    ['11010519491231002X', 'identity_number'], ['证件 440524198001010013 ', 'identity_number'],
  ])('%s is a %s', (value, kind) => {
    expect(looksLike(value)).toBe(kind);
  });

  it.each([
    'hello', '12345678901', '2026-06-18T12:30:00.000Z', '20260618123456789', '6222021234567890123', '139123456789', 'SKU-13912345', 'user@', '@home', 'price 99.13912345678',
    '110105194912310021', '550e8400-e29b-41d4-a716-446655440000', 1_718_000_000_000, 1_718_000_000, 139, 13_912_345_678.5,
  ])('%s is nothing', (value) => {
    expect(looksLike(value)).toBeNull();
  });
});

describe('parting properties', () => {
  const declared = new Set(['email', 'receiver_name'].map(plainName));
  const split = (properties: Record<string, unknown>) => {
    const { facts, personal, flags } = splitProperties(properties, declared);
    return { facts: JSON.parse(facts), personal, flags };
  };

  it('leaves alone what is not personal, to the byte', () => {
    fc.assert(fc.property(fc.dictionary(fc.string({ maxLength: 8 }).filter((k) => !declared.has(plainName(k)) && k !== '__proto__'), fc.oneof(fc.boolean(), fc.constant(null), fc.integer({ max: 1_000_000 }), fc.constantFrom('tea', '乌龙茶', 'P-1'))), (properties) => {
      expect(splitProperties(properties, declared)).toEqual({ facts: JSON.stringify(properties), personal: {}, flags: [] });
    }));
  });

  it('takes declared names out however they are written, at any depth', () => {
    expect(split({ Email: 'x', a: { 'receiver-name': '王', keep: 1 }, list: [{ receiverName: '李' }, 2] })).toEqual({
      facts: { a: { keep: 1 }, list: [{}, 2] }, personal: { Email: 'x', 'receiver-name': '王', receiverName: '李' }, flags: [],
    });
  });

  it('leaves out and reports what looks personal, with its place and never its value', () => {
    const result = split({ note: '13912345678', a: { b: [{ c: 'li@example.com' }, { c: 'fine' }] }, tags: ['x', 'wang@example.com'] });
    expect(result.facts).toEqual({ a: { b: [{}, { c: 'fine' }] }, tags: ['x', null] });
    expect(result.flags).toEqual([
      { property: 'note', looksLike: 'phone' }, { property: 'a.b[].c', looksLike: 'email' }, { property: 'tags[]', looksLike: 'email' },
    ]);
    expect(JSON.stringify(result.flags)).not.toContain('139');
  });

  it("keeps the shop's own numbers although they have the length of a phone's", () => {
    const own = { order_id: '13912345678', orderId: '13912345678', product_id: 13_912_345_678, payment_no: '13912345678', sku: '13912345678' };
    expect(split(own)).toEqual({ facts: own, personal: {}, flags: [] });
    expect(split({ order_id: 'li@example.com' }).facts).toEqual({});
  });

  it('does not change what it was given', () => {
    const given = { email: 'x', a: { note: '13912345678' } };
    const before = structuredClone(given);
    split(given);
    expect(given).toEqual(before);
  });
});
