import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { TimelinePosition, TimelineSource } from '../../customers/public.ts';
import { orderMoments } from '../analytics/orders-of-person.ts';
import { momentText } from '../lines/condition.ts';

const kinds = { sale: 'order', refund: 'refund' } as const;

/** Nothing lies before it: a kind that is not asked for has no entries. */
const beginning: TimelinePosition = { at: new Date('1900-01-01T00:00:00Z'), id: '0' };
const end: TimelinePosition = { at: new Date('2299-12-31T00:00:00Z'), id: '0' };

/** What was bought and given back, on a person's timeline: an entry for each order at each time. */
export const timelineSource = ({ clickhouse }: Platform): TimelineSource => ({
  kinds: ['order', 'refund'],
  async page(customerNos, before, limit) {
    const [sale, refund] = [before.order, before.refund].map((place) => (place === undefined ? beginning : (place ?? end)));
    const rows = await ask(clickhouse, orderMoments, {
      customerNos: [...customerNos],
      saleBefore: momentText(sale.at),
      saleBeforeKey: keyOf(sale),
      refundBefore: momentText(refund.at),
      refundBeforeKey: keyOf(refund),
      limit,
    });
    return rows.map((row) => ({
      kind: kinds[row.kind],
      // An order may be refunded at several times: only with its time is it one entry.
      id: `${row.orderKey}-${Date.parse(row.occurredAt)}`,
      at: row.occurredAt,
      text: `commerce:timeline.${kinds[row.kind]}`,
      params: { orderId: row.orderId, orderKey: row.orderKey, lines: row.lines },
      facts: [
        { label: 'commerce:timeline.amount', value: row.total, unit: 'money' as const },
        ...textFact('products', row.products.join(' · ')),
        ...textFact('channel', row.orderChannel),
      ],
    }));
  },
});

const keyOf = ({ id }: TimelinePosition): string => /^\d{1,20}/.exec(id)?.[0] ?? '0';

const textFact = (name: string, value: string) =>
  value === '' ? [] : [{ label: `commerce:timeline.${name}`, value, unit: 'text' as const }];
