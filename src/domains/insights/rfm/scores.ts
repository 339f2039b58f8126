import { z } from 'zod';
import { formatDecimal } from '../../../kernel/decimal.ts';
import { dayIn } from '../../../kernel/day.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { type Cuts, measuredNow, readCuts, readRfmLimits, scoresSql, withOwn } from '../../audiences/public.ts';
import { hasMerges } from '../history/portions.ts';
import { modelKind } from '../models/model-kind.ts';
import { dropRun, isKept } from '../models/kept-rows.ts';
import { Problem } from '../../../kernel/problem.ts';

const score = z.number().int().min(1).max(5);

/** Everybody scored once: where the cuts are, and how many people and how much money is in each of 125 cells. */
export const rfmScores = z.object({
  limitsVersion: z.number().int(),
  cuts: z.object({ recency: z.array(z.number()), frequency: z.array(z.number()), value: z.array(z.string()) }),
  cells: z.array(z.object({ recency: score, frequency: score, value: score, people: z.number().int(), amount: z.string() })),
  linesInOtherCurrency: z.number().int(),
});
export type RfmScores = z.output<typeof rfmScores>;

const limits = { timeoutMs: 120_000, memoryBytes: 3 * 2 ** 30 };

/** Scores every buyer by what is known at the moment, and keeps the scores for rules of audiences. */
export const rfmKind = ({ clickhouse, pg: pool }: Platform) => modelKind({
  kind: 'rfm',
  params: z.object({}),
  result: rfmScores,
  begins: { reading: 0, scoring: 0.4, keeping: 0.8 },
  async run({ modelId, asOf, tell }) {
    const { timeZone, currency } = await readBrand(pool);
    const measured = measuredNow(await hasMerges(clickhouse), timeZone, dayIn(timeZone, asOf));
    for (;;) {
      await dropRun(clickhouse, 'rfm_score', modelId);
      await tell('reading', 0);
      const [found, own] = await Promise.all([readCuts(clickhouse, measured, 5), readRfmLimits(pool)]);
      if (!found) throw new Problem('insights.no_buyers', { status: 422 });
      const cuts = withOwn(found, own.limits);
      const { recency, frequency, value } = scoresSql(cuts);
      await tell('scoring', 0);
      await clickhouse.command(`insert into rfm_score select {model:UInt32}, no, ${recency}, ${frequency}, ${value} from ${measured.relation}`, { ...measured.params, model: modelId }, limits);
      await tell('keeping', 0);
      const cells = await clickhouse.rows(`select toUInt8(${recency}) as recency, toUInt8(${frequency}) as frequency, toUInt8(${value}) as value, toUInt32(count()) as people, toString(sum(toInt128(m))) as amount
        from ${measured.relation} group by 1, 2, 3 order by 1, 2, 3`, measured.params, limits) as RfmScores['cells'];
      const [{ other }] = await clickhouse.rows("select toUInt32(countIf(currency not in ('', {currency:String}) and customer_no > 0)) as other from order_line", { currency }, limits) as { other: number }[];
      // Limits that were changed meanwhile are those that count.
      if ((await readRfmLimits(pool)).version !== own.version) continue;
      return { limitsVersion: own.version, cuts: shown(cuts), cells: cells.map((cell) => ({ ...cell, amount: formatDecimal(BigInt(cell.amount)) })), linesInOtherCurrency: other };
    }
  },
  forget: (modelId) => dropRun(clickhouse, 'rfm_score', modelId),
  isThere: (modelId, { cells }) => isKept(clickhouse, 'rfm_score', modelId, cells.length > 0),
});

const shown = ({ recency, frequency, value }: Cuts) => ({ recency, frequency, value: value.map((amount) => formatDecimal(BigInt(amount))) });
