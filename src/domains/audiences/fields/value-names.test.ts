import { describe, expect, it } from 'vitest';
import { createSay } from '../../../platform/i18n.ts';
import { createFieldRegistry } from './registry.ts';
import { createValueNames } from './value-names.ts';

describe('values in words', () => {
  const fields = createFieldRegistry();
  fields.register({ name: 'shop.gender', label: 'audiences:field.gender', type: 'text', source: 'customers', words: 'customers:gender', relation: 'select 1 as customer_no, null as value' });
  const { word, isWorded } = createValueNames({} as never, createSay(), fields);

  it('are those of the domain a field comes from, in the language of who reads them', () => {
    expect(word('field:shop.gender', 'female', 'zh-CN')).toBe(word('field:gender', 'female', 'zh-CN'));
    expect(word('field:shop.gender', 'female', 'en')).toMatch(/female/i);
    expect([isWorded('field:shop.gender'), isWorded('field:gender'), isWorded('field:language'), isWorded('field:city'), isWorded('line:brand')]).toEqual([true, true, true, false, false]);
  });

  it('stay themselves where they are data, or no word at all', () => {
    expect(word('field:city', '杭州', 'en')).toBe('杭州');
    for (const value of ['', 'a.b', '{{x}}', "'; DROP", '😀']) expect(word('field:shop.gender', value, 'en')).toBe(value);
  });

  it('cannot be registered twice under one name', () => {
    expect(() => fields.register({ name: 'shop.gender', label: '', type: 'text', source: 'customers', relation: '' })).toThrow('audiences.field_taken');
  });
});
