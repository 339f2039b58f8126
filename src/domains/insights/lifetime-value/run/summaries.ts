import { z } from 'zod';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import { type LifetimeResult, orderBands, restBands } from '../../contract/lifetime-value.ts';

const amounts = `toUInt32(count()) as people, avg(each.alive) as alive, sum(each.spent) as spent,
  sum(orders_30) as orders30, sum(orders_90) as orders90, sum(orders_365) as orders365,
  sum(value_30) as value30, sum(value_90) as value90, sum(value_365) as value365, sum(value_ever) as valueEver`;
const group = z.object({
  people: z.number(), alive: z.number(), spent: z.number(), orders30: z.number(), orders90: z.number(), orders365: z.number(),
  value30: z.number(), value90: z.number(), value365: z.number(), valueEver: z.number(),
});
const ofRun = 'from lifetime_value as each where model_id = {modelId:UInt32}';
const params = z.object({ modelId: z.number() });
const limits = { timeoutMs: 120_000 };
const mostGroups = 20;

const total = question({ name: 'lifetime value of all', sql: `select ${amounts} ${ofRun}`, params, row: group, limits });
const tenths = question({
  name: 'lifetime value by tenths',
  sql: `select toUInt32(each.tenth) as tenth, min(value_365) as from, max(value_365) as to, ${amounts} ${ofRun} group by tenth order by tenth desc`,
  params, row: group.extend({ tenth: z.number(), from: z.number(), to: z.number() }), limits,
});
const cohorts = question({
  name: 'lifetime value by the month of the first order',
  sql: `select formatDateTime(first_day, '%Y-%m') as month, ${amounts} ${ofRun} group by month order by month`,
  params, row: group.extend({ month: z.string() }), limits,
});
const channels = question({
  name: 'lifetime value by the channel of the first order',
  sql: `select channel, ${amounts} ${ofRun} group by channel order by value365 desc limit ${mostGroups}`,
  params, row: group.extend({ channel: z.string() }), limits,
});
const map = question({
  name: 'who is alive, by purchases and days since the last',
  sql: `select toUInt32(roundDown(least(orders, 1000000), [${orderBands.join(', ')}])) as often, toUInt32(roundDown(toInt32({until:UInt16} - toUInt16(last_day)), [${restBands.join(', ')}])) as rest,
      toUInt32(count()) as people, avg(each.alive) as alive ${ofRun} group by often, rest order by often, rest`,
  params: params.extend({ until: z.number() }),
  row: z.object({ often: z.number(), rest: z.number(), people: z.number(), alive: z.number() }).transform(({ often, ...row }) => ({ orders: often, ...row })), limits,
});

/** 0, 1, 2, 5, 10 and so on: bounds a person can read, from cents to millions. */
const steps = [0, ...Array.from({ length: 7 }, (_, power) => [1, 2, 5].map((first) => first * 10 ** power)).flat()];
const spread = question({
  name: 'how expected value spreads',
  sql: `select roundDown(value_365, [${steps.map((step) => step.toFixed(1)).join(', ')}]) as from, toUInt32(count()) as people ${ofRun} group by from order by from`,
  params, row: z.object({ from: z.number(), people: z.number() }), limits,
});

/** What the page shows of a run that scored everybody. */
export async function summarise(reader: ClickHouse, modelId: number, until: number): Promise<Pick<LifetimeResult, 'total' | 'tenths' | 'cohorts' | 'channels' | 'map' | 'spread'>> {
  const [all] = await ask(reader, total, { modelId });
  return {
    total: all,
    tenths: await ask(reader, tenths, { modelId }),
    cohorts: await ask(reader, cohorts, { modelId }),
    channels: await ask(reader, channels, { modelId }),
    map: await ask(reader, map, { modelId, until }),
    spread: await ask(reader, spread, { modelId }),
  };
}
