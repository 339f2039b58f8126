import { describe, expect, it } from 'vitest';
import english from '../messages/en.json' with { type: 'json' };
import { failure } from '../values/failure.ts';
import { fieldOf, fieldsOf, importKinds } from './fields.ts';
import { mappingSchema } from './mapping.ts';

const base = {
  version: 1,
  kind: 'order_lines',
  timeZone: 'Asia/Shanghai',
  dateOrder: 'day_first',
  currency: 'CNY',
  source: 'shop',
};
const columns = [
  { column: 'no', field: 'order_id' },
  { column: 'at', field: 'occurred_at' },
];

const faults = (mapping: object) =>
  mappingSchema.safeParse(mapping).error?.issues.map((issue) => issue.message) ?? [];

describe('a mapping', () => {
  it('with what its kind needs is complete, and its rules have defaults', () => {
    const mapping = mappingSchema.parse({ ...base, columns });
    expect(mapping).toMatchObject({
      defaults: {},
      duplicates: 'keep',
      rules: { refundWhen: [], paidAmount: 'before_refund', unpaid: 'skip' },
    });
    expect(mappingSchema.parse(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping);
  });

  it.each([
    ['an unknown field', { columns: [...columns, { column: 'x', field: 'birthday' }] }, 'field_unknown'],
    [
      'a field of the prototype',
      { columns: [...columns, { column: 'x', field: 'constructor' }] },
      'field_unknown',
    ],
    ['a field twice', { columns: [...columns, { column: 'x', field: 'order_id' }] }, 'field_mapped_twice'],
    ['no time', { columns: [columns[0]] }, 'field_needed.occurred_at'],
    ['neither order nor customer', { columns: [columns[1]] }, 'field_needed.order_id'],
    ['a default of a time', { columns, defaults: { occurred_at: '2020-01-01' } }, 'default_not_allowed'],
    ['a zone of another planet', { columns, timeZone: 'Mars/Olympus' }, 'time_zone_unknown'],
    [
      'an attribute without a name',
      {
        kind: 'customers',
        columns: [
          { column: 'a', field: 'external_id' },
          { column: 'b', field: 'attribute' },
        ],
      },
      'attribute_name_required',
    ],
    [
      'a consent to nothing',
      {
        kind: 'customers',
        columns: [
          { column: 'a', field: 'external_id' },
          { column: 'b', field: 'consent' },
        ],
      },
      'consent_purpose_required',
    ],
    ['customers without identity', { kind: 'customers', columns: [] }, 'field_needed.external_id'],
    [
      'events without a name',
      {
        kind: 'events',
        columns: [
          { column: 'a', field: 'external_id' },
          { column: 'b', field: 'occurred_at' },
        ],
      },
      'field_needed.event_name',
    ],
    ['products without a number', { kind: 'products', columns: [] }, 'field_needed.product_id'],
  ])('with %s is refused', (_, rest, fault) => {
    expect(faults({ ...base, ...rest })).toContain(fault);
  });

  it('may name attributes and consents many times', () => {
    const attribute = (name: string) => ({
      column: name,
      field: 'attribute',
      attribute: { name, type: 'text' },
    });
    expect(
      faults({
        ...base,
        kind: 'customers',
        columns: [{ column: 'a', field: 'openid' }, attribute('x'), attribute('y')],
      }),
    ).toEqual([]);
  });
});

describe('fields', () => {
  it('of a name are found in their kind only', () => {
    expect(fieldOf('customers', 'birthday')?.personal).toBe(true);
    expect(fieldOf('products', 'birthday')).toBeUndefined();
    expect(fieldOf('products', 'toString')).toBeUndefined();
  });

  it('that hold text have a longest length', () => {
    for (const kind of importKinds) {
      for (const [name, field] of Object.entries(fieldsOf[kind])) {
        if (['text', 'id', 'region', 'attribute'].includes(field.type))
          expect(field.maxLength, `${kind}.${name}`).toBeGreaterThan(0);
      }
    }
  });
});

it('every failure has its sentence, and every sentence its failure', () => {
  expect(Object.keys(english.row).sort()).toEqual(
    Object.keys(failure)
      .filter((name) => name !== 'none')
      .sort(),
  );
});
