import { ask, askInStream } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { HeldDataSource } from '../../customers/public.ts';
import { countLinesOfPerson, linesOfPerson } from '../analytics/orders-of-person.ts';

/** A person's totals; they follow from their order lines, so that an export has nothing to add. */
export const heldTotals = ({ clickhouse }: Platform): HeldDataSource => ({
  name: 'customer_summary',
  async count({ customerNos }) {
    const rows = await clickhouse.rows(
      'select toUInt32(count()) as total from customer_summary final where customer_no in {customerNos:Array(UInt32)}', { customerNos });
    return (rows[0] as { total: number }).total;
  },
  async *export() {
    // What it says is in the order lines.
  },
  async erase(person) {
    const held = await this.count(person);
    // Old versions of a row must leave the disk, not only be outdated.
    await clickhouse.command('alter table customer_summary delete where customer_no in {customerNos:Array(UInt32)} settings mutations_sync = 2',
      { customerNos: person.customerNos });
    return held;
  },
});

/** A person's order lines. They are the fact log's to delete, which counts what it has: `deleteFacts` is its door. */
export const heldOrderLines = ({ clickhouse }: Platform, deleteFacts: (customerNos: number[]) => Promise<void>): HeldDataSource => ({
  name: 'order_line',
  async count({ customerNos }) {
    const [{ total }] = await ask(clickhouse, countLinesOfPerson, { customerNos: [...customerNos] });
    return total;
  },
  export: ({ customerNos }) => askInStream(clickhouse, linesOfPerson, { customerNos: [...customerNos] }),
  async erase(person) {
    const held = await this.count(person);
    await deleteFacts([...person.customerNos]);
    return held;
  },
});
