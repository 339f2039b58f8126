import { z } from 'zod';
import type { Platform } from '../../../../platform/platform.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import type { FigureSource } from '../../../customers/public.ts';

const ofPerson = question({
  name: 'lifetime value of one person',
  sql: `select toUInt32(count()) as rows, max(each.alive) as alive, sum(each.orders_365) as orders, sum(each.value_365) as value, toUInt32(max(each.tenth)) as tenth
    from lifetime_value as each where model_id = {modelId:UInt32} and customer_no in {customerNos:Array(UInt32)}`,
  params: z.object({ modelId: z.number(), customerNos: z.array(z.number()) }),
  row: z.object({ rows: z.number(), alive: z.number(), orders: z.number(), value: z.number(), tenth: z.number() }),
});

/** What is expected of a person, for the head of their page; nothing of who never bought, or before a model was fitted. */
export const lifetimeFigures = ({ reader }: Platform, modelId: () => number): FigureSource => ({
  async read(customerNos) {
    if (modelId() === 0) return [];
    const [{ rows, alive, orders, value, tenth }] = await ask(reader, ofPerson, { modelId: modelId(), customerNos: [...customerNos] });
    if (rows === 0) return [];
    return [
      { label: 'insights:lifetime.figure.alive', value: `${Math.round(alive * 100)}%`, unit: 'text' },
      { label: 'insights:lifetime.figure.orders', value: orders.toFixed(2), unit: 'number' },
      { label: 'insights:lifetime.figure.value', value: value.toFixed(2), unit: 'money' },
      { label: 'insights:lifetime.figure.tenth', value: `${tenth} / 10`, unit: 'text' },
    ];
  },
});
