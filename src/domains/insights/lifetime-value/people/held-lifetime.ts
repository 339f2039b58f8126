import { z } from 'zod';
import type { Platform } from '../../../../platform/platform.ts';
import { askInStream, question } from '../../../../platform/clickhouse/query.ts';
import type { HeldDataSource } from '../../../customers/public.ts';

const held = question({
  name: 'lifetime value held of a person',
  sql: 'select * from lifetime_value where customer_no in {customerNos:Array(UInt32)} order by model_id, customer_no',
  params: z.object({ customerNos: z.array(z.number()) }),
  row: z.record(z.string(), z.unknown()),
});

/** What models say a person will still buy. */
export const heldLifetime = ({ clickhouse }: Platform): HeldDataSource => ({
  name: 'lifetime_value',
  async count({ customerNos }) {
    const rows = await clickhouse.rows('select toUInt32(count()) as total from lifetime_value where customer_no in {customerNos:Array(UInt32)}', { customerNos });
    return (rows[0] as { total: number }).total;
  },
  export: ({ customerNos }) => askInStream(clickhouse, held, { customerNos: [...customerNos] }),
  async erase(person) {
    const count = await this.count(person);
    for (const table of ['lifetime_value', 'lifetime_history']) {
      await clickhouse.command(`alter table ${table} delete where customer_no in {customerNos:Array(UInt32)} settings mutations_sync = 2`, { customerNos: person.customerNos });
    }
    return count;
  },
});
