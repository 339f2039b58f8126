import type { Platform } from '../../../platform/platform.ts';
import type { HeldDataSource } from '../../customers/public.ts';

const of = 'from preference where customer_no in {customerNos:Array(UInt32)}';

/** What was computed of a person's preferences: for exports and erasures. */
export const heldPreferences = ({ clickhouse }: Platform): HeldDataSource => ({
  name: 'preference',
  async count({ customerNos }) {
    const [{ held }] = (await clickhouse.rows(`select toUInt32(count()) as held ${of}`, { customerNos })) as { held: number }[];
    return held;
  },
  async *export({ customerNos }) {
    for await (const row of clickhouse.stream(`select * ${of} order by model_id, customer_no`, { customerNos })) yield row as object;
  },
  async erase(person) {
    const held = await this.count(person);
    if (held > 0) await clickhouse.command('alter table preference delete where customer_no in {customerNos:Array(UInt32)} settings mutations_sync = 2', { customerNos: person.customerNos });
    return held;
  },
});
