import type { z } from 'zod';
import { addDays, type Day, dayIn, daysBetween, startOfDay } from '../../../../kernel/day.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { type Brand, readBrand } from '../../../../platform/settings.ts';
import type { LifetimeResult, lifetimeParams } from '../../contract/lifetime-value.ts';
import type { ModelRun } from '../../models/model-kind.ts';
import { type Extent, extentOf, salesByDay } from '../history/extent.ts';
import { dropRun, dropWork, gatherHistories } from '../history/gather.ts';
import { readBuyingCells, readSpendingCells } from '../history/read-cells.ts';
import { typicalOf } from '../model/expectations.ts';
import { readFacts, whyNot } from './check-brand.ts';
import { fitBuying, fitSpending, modelOf, shownBuying, shownSpending } from './fit.ts';
import { scoreCells, scoreEverybody } from './score.ts';
import { summarise } from './summaries.ts';
import { pauseOf } from './pause.ts';
import { tryOut } from './try-out.ts';

type Run = ModelRun<z.output<typeof lifetimeParams>>;

const epoch: Day = '1970-01-01';
const dayOf = (days: number): Day => addDays(epoch, days);
const longestTrialDays = 182;
/** Days are put together where the history has more of them than this, as soon as there are so many buyers that it matters. */
const mostTimes = 250;
const exactBuyers = 50_000;

/** Fits, tries and applies the model to everybody who ever bought. What it works with is dropped at the end, however it ends. */
export async function runLifetimeValue(platform: Platform, run: Run): Promise<LifetimeResult> {
  const { clickhouse, pg: pool } = platform;
  const brand = await readBrand(pool);
  const extent = extentOf(await salesByDay(clickhouse, brand), daysBetween(epoch, dayIn(brand.timeZone, run.asOf)));
  if (!extent) throw new Problem('insights.lifetime_no_sales', { status: 422 });
  await dropRun(clickhouse, run.modelId);
  try {
    return await compute(platform, run, brand, extent);
  } finally {
    await dropWork(clickhouse, run.modelId);
  }
}

async function compute({ clickhouse }: Platform, run: Run, brand: Brand, extent: Extent): Promise<LifetimeResult> {
  const { modelId, params: { model: name }, tell } = run;
  const { from, until } = extent;
  const days = until - from + 1;
  const held = Math.min(run.params.holdoutDays ?? Math.min(longestTrialDays, Math.floor(days / 3)), days - 1);
  const split = until - held;
  const momentOf = (day: number): string => startOfDay(dayOf(day), brand.timeZone).toISOString();
  await gatherHistories(clickhouse, { modelId, zone: brand.timeZone, currency: brand.currency, fromAt: momentOf(from), untilAt: momentOf(until + 1), split }, (share) => tell('reading', share));
  const facts = await readFacts(clickhouse, modelId);
  const reason = whyNot(facts, days);
  if (reason) throw reason;
  const grain = facts.buyers > exactBuyers ? Math.ceil(days / mostTimes) : 1;
  const pause = pauseOf(run, 'fitting');
  await tell('fitting', 0);
  const counted = await readBuyingCells(clickhouse, { modelId, until, grain });
  const buying = await fitBuying(name, counted.cells, pause);
  const spending = await fitSpending(await readSpendingCells(clickhouse, { modelId, until, end: until }), pause);
  const trial = await tryOut(clickhouse, run, { from, split, until, grain });
  await tell('scoring', 0);
  const scoring = { modelId, until, grain, model: modelOf[name], parameters: buying.parameters, spending: spending.parameters };
  await scoreCells(clickhouse, scoring, counted, pauseOf(run, 'scoring'));
  await scoreEverybody(clickhouse, scoring, facts.buyers);
  await tell('keeping', 0);
  return {
    model: name, from: dayOf(from), until: dayOf(until), currency: brand.currency, grain, buyers: facts.buyers, repeaters: facts.repeaters,
    leftOut: { misdated: extent.misdated, nobodys: extent.nobodys, otherCurrency: extent.otherCurrency },
    buying: shownBuying(name, buying),
    typical: typicalOf(name, buying.parameters),
    spending: shownSpending(spending),
    spend: { mean: spending.mean, withoutValue: facts.withoutValue, correlation: facts.correlation },
    ...(await summarise(clickhouse, modelId, until)),
    trial,
  };
}
