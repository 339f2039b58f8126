import { describe, expect, it } from 'vitest';
import { fileFolder, readFile } from '../../../../test/import-files.ts';
import { booleans, genders } from '../values/words.ts';
import { failureName } from '../values/failure.ts';
import { mappingSchema, type ColumnMapping } from './mapping.ts';
import { planRecords } from './records.ts';

const write = fileFolder();

async function map(
  kind: 'customers' | 'events' | 'products',
  csv: string,
  columns: ColumnMapping[],
  defaults = {},
) {
  const file = await readFile(write(csv));
  const mapping = mappingSchema.parse({
    version: 1,
    kind,
    timeZone: 'Asia/Shanghai',
    dateOrder: 'day_first',
    currency: 'CNY',
    source: 'crm',
    columns,
    defaults,
  });
  const plan = planRecords({ ...mapping, kind }, file.columns);
  const [batch] = file.batches;
  const records = plan.map(batch);
  const value = (index: number, row: number) => {
    const { column } = records.columns[index];
    return column.type === 'text'
      ? batch.bytes.toString('utf8', column.starts[row], column.ends[row])
      : column.values[row];
  };
  return {
    records,
    value,
    errors: records.errors.map((e) => `${e.rowNumber} ${e.column ?? '-'} ${failureName(e.failure)}`),
  };
}

describe('customers', () => {
  const columns: ColumnMapping[] = [
    { column: 'id', field: 'external_id', wholeNumber: true },
    { column: 'tel', field: 'phone' },
    { column: 'sex', field: 'gender' },
    { column: 'born', field: 'birthday' },
    { column: 'joined', field: 'created_at' },
    { column: 'sms', field: 'consent', consent: { channel: 'sms', purpose: 'marketing' } },
    { column: 'level', field: 'attribute', attribute: { name: 'level', type: 'number' } },
    {
      column: 'baby',
      field: 'attribute',
      attribute: { name: 'child_gender', type: 'text', words: { 0: 'male', 1: 'female' } },
    },
  ];
  const csv =
    'id,tel,sex,born,joined,sms,level,baby\n7.0,,男,1990-01-02,2020-01-02 08:00:00,是,3.5,0\n,13800138000,,bad,,否,x,9\n,,男,,,,,\n';

  it('are read column by column, with the options of attributes and consents', async () => {
    const { records, value, errors } = await map('customers', csv, columns);
    expect(
      records.columns.map(
        ({ field, mapping }) => mapping?.attribute?.name ?? mapping?.consent?.channel ?? field,
      ),
    ).toEqual(['external_id', 'phone', 'gender', 'birthday', 'created_at', 'sms', 'level', 'child_gender']);
    expect([
      value(0, 0),
      genders[value(2, 0) as number],
      value(3, 0),
      value(4, 0),
      booleans[value(5, 0) as number],
      value(6, 0),
      value(7, 0),
    ]).toEqual(['7', 'male', 7306, Date.UTC(2020, 0, 2), 'true', 35_000, 'male']);
    expect([value(1, 1), value(2, 1), value(3, 1), booleans[value(5, 1) as number], value(7, 1)]).toEqual([
      '+8613800138000',
      0,
      Number.NaN,
      'false',
      '9',
    ]);
    expect(errors).toEqual(['3 born not_a_time', '3 level not_a_number', '4 - no_identity']);
    expect([...records.rejected]).toEqual([0, 0, 1]);
  });

  it('take the province out of an address', async () => {
    const { value } = await map('customers', 'id,addr\n1,浙江省杭州市西湖区\n', [
      { column: 'id', field: 'external_id' },
      { column: 'addr', field: 'address' },
    ]);
    expect(value(1, 0)).toBe('浙江');
  });

  it('with a damaged number are refused, since they would fall together', async () => {
    const { errors } = await map('customers', 'id\n1.23E+15\n', [{ column: 'id', field: 'external_id' }]);
    expect(errors).toEqual(['2 id damaged_by_spreadsheet']);
  });
});

describe('events', () => {
  it('need a name, a time and somebody', async () => {
    const columns: ColumnMapping[] = [
      { column: 'user', field: 'external_id' },
      { column: 'event', field: 'event_name' },
      { column: 'time', field: 'occurred_at' },
    ];
    const { errors, value, records } = await map(
      'events',
      'user,event,time\n1,view,1582243205\n2,,1582243205\n3,view,\n,view,1582243205\n',
      columns,
      { channel: 'app' },
    );
    expect(errors).toEqual(['3 event value_required', '4 time value_required', '5 - no_identity']);
    expect(value(2, 0)).toBe(1_582_243_205_000);
    expect(records.columns[3]).toMatchObject({ field: 'channel', mapping: null });
    expect(value(3, 0)).toBe('app');
  });
});

describe('products', () => {
  it('need a number', async () => {
    const columns: ColumnMapping[] = [
      { column: 'sku', field: 'product_id' },
      { column: 'name', field: 'product_name' },
      { column: 'price', field: 'unit_price' },
    ];
    const { errors, value } = await map('products', 'sku,name,price\n1,茶,¥9.90\n,x,1\n2,y,free\n', columns);
    expect(errors).toEqual(['4 price not_a_number', '3 sku value_required']);
    expect([value(0, 0), value(1, 0), value(2, 0)]).toEqual(['1', '茶', 99_000]);
  });
});
