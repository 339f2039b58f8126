import { describe, expect, it } from 'vitest';
import { attributeRows, changedAttributes } from './changed-attributes.ts';

describe('edited attributes', () => {
  const before = { plan: 'gold', visits: 3, member: true, list: ['a'] };

  it('are nothing when nothing was touched', () => {
    expect(changedAttributes(before, attributeRows(before))).toEqual({});
  });

  it('keep their type, lose removed rows and gain new ones', () => {
    expect(changedAttributes(before, [{ key: 'visits', value: ' 4 ' }, { key: 'member', value: 'false' }, { key: ' size ', value: 'M' }, { key: '', value: 'x' }, {}]))
      .toEqual({ plan: null, visits: 4, member: false, size: 'M' });
  });
});
