import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { TimelineSource } from '../../customers/public.ts';
import { orderMoments } from '../analytics/orders-of-person.ts';
import { momentText } from '../lines/condition.ts';

const kinds = { order: 'sale', refund: 'refund' } as const;

/** What was bought, or given back, on a person's timeline: an entry for each order at each time. */
export const timelineSource = ({ clickhouse }: Platform, kind: keyof typeof kinds): TimelineSource => ({
  kind,
  async page(customerNos, before, limit) {
    const rows = await ask(clickhouse, orderMoments, {
      customerNos: [...customerNos],
      kind: kinds[kind],
      before: momentText(before?.at ?? new Date('2299-12-31T00:00:00Z')),
      beforeKey: /^\d{1,20}/.exec(before?.id ?? '')?.[0] ?? '0',
      limit,
    });
    return rows.map((row) => ({
      // An order may be refunded at several times: only with its time is it one entry.
      id: `${row.orderKey}-${Date.parse(row.occurredAt)}`,
      at: row.occurredAt,
      text: `commerce:timeline.${kind}`,
      params: { orderId: row.orderId, orderKey: row.orderKey, lines: row.lines },
      facts: [
        { label: 'commerce:timeline.amount', value: row.total, unit: 'money' as const },
        ...textFact('products', row.products.join(' · ')),
        ...textFact('channel', row.orderChannel),
      ],
    }));
  },
});

const textFact = (name: string, value: string) =>
  value === '' ? [] : [{ label: `commerce:timeline.${name}`, value, unit: 'text' as const }];
