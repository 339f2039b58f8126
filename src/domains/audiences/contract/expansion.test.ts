import { describe, expect, it } from 'vitest';
import { expandAudience, saveExpansion } from './expansion.ts';

describe('what a search is asked with', () => {
  const accepts = (body: unknown): boolean => expandAudience.body?.safeParse(body).success ?? false;

  it.each([
    ['nothing, so that the features of the rule are left out', {}],
    ['no feature to leave out', { leaveOut: [] }],
    ['a family and one of its values', { leaveOut: ['category', 'category:茶叶'] }],
    ['a value with quotes and emoji', { leaveOut: ["category:'; DROP TABLE order_line; --😀"] }],
  ])('takes %s', (_name, body) => {
    expect(accepts(body)).toBe(true);
  });

  it.each([
    ['a text in place of a list', { leaveOut: 'category' }],
    ['an empty key', { leaveOut: [''] }],
    ['a key that is too long', { leaveOut: ['x'.repeat(301)] }],
    ['too many keys', { leaveOut: Array.from({ length: 201 }, (_, i) => `k${i}`) }],
    ['a number', { leaveOut: [7] }],
  ])('refuses %s', (_name, body) => {
    expect(accepts(body)).toBe(false);
  });
});

describe('what is kept of a search', () => {
  const parsed = (body: object) => saveExpansion.body?.safeParse({ name: '相似的人', ...body });

  it('is so many, or all who are so like; members are not among them unless asked for', () => {
    expect(parsed({ take: { reach: 10 } })?.data).toEqual({
      name: '相似的人',
      reason: '',
      take: { reach: 10 },
      withMembers: false,
    });
    expect(parsed({ take: { likeness: 2.5 }, withMembers: true })?.data).toMatchObject({
      take: { likeness: 2.5 },
      withMembers: true,
    });
  });

  it.each([
    ['neither a number nor a likeness', {}],
    ['both', { take: { reach: 10, likeness: 2 } }],
    ['nobody', { take: { reach: 0 } }],
    ['a part of a person', { take: { reach: 1.5 } }],
    ['fewer than nobody', { take: { reach: -1 } }],
    ['more than there are numbers', { take: { reach: 2 ** 53 } }],
    ['no likeness', { take: { likeness: 0 } }],
    ['a likeness below none', { take: { likeness: -2 } }],
    ['a likeness without end', { take: { likeness: 1e300 } }],
    ['a likeness that is none', { take: { likeness: 'very' } }],
    ['a name of spaces', { name: '  ', take: { reach: 1 } }],
    ['a name that is too long', { name: '人'.repeat(81), take: { reach: 1 } }],
  ])('is not %s', (_name, body) => {
    expect(parsed(body)?.success).toBe(false);
  });
});
