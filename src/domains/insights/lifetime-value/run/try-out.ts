import type { z } from 'zod';
import { addDays } from '../../../../kernel/day.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import type { LifetimeTrial, lifetimeParams } from '../../contract/lifetime-value.ts';
import type { ModelRun } from '../../models/model-kind.ts';
import { readBuyingCells, readLaterCells, readSpendingCells } from '../history/read-cells.ts';
import type { BuyingCells } from '../model/cells.ts';
import { fewestBuyers, fewestRepeaters } from './check-brand.ts';
import { fitBuying, fitSpending, modelOf } from './fit.ts';
import { pauseOf } from './pause.ts';
import { judge, trackWeeks } from './trial.ts';

/** Days that are observed, the last that the model may know, and how many are put together. */
interface Period {
  from: number;
  split: number;
  until: number;
  grain: number;
}

const isEnough = ({ repeats, people }: BuyingCells): boolean => {
  const of = (counts: (often: number) => boolean): number => people.reduce((sum, count, i) => sum + (counts(repeats[i]) ? count : 0), 0);
  return of(() => true) >= fewestBuyers && of((often) => often > 0) >= fewestRepeaters;
};

/** Fits the model on the days before the split alone and holds it against the days after; null where they are too few, or say nothing. */
export async function tryOut(clickhouse: ClickHouse, run: ModelRun<z.output<typeof lifetimeParams>>, { from, split, until, grain }: Period): Promise<LifetimeTrial | null> {
  const { modelId, params: { model: name } } = run;
  const pause = pauseOf(run, 'checking');
  await run.tell('checking', 0);
  const asked = { modelId, until: split, grain };
  const { cells } = await readBuyingCells(clickhouse, asked);
  const fit = isEnough(cells) ? await fitBuying(name, cells, pause).catch(noneWhereUnfit) : null;
  if (!fit) return null;
  const spending = await fitSpending(await readSpendingCells(clickhouse, { modelId, until: split, end: until }), pause);
  const later = await readLaterCells(clickhouse, { ...asked, end: until }, spending.parameters);
  const model = modelOf[name];
  return {
    learntUntil: addDays('1970-01-01', split),
    ...(await judge(model, fit.parameters, later, until - split, pause)),
    weeks: await trackWeeks(clickhouse, model, fit.parameters, { modelId, from, split, until }),
  };
}

/** A shorter history may be too little for what the whole one allows. */
function noneWhereUnfit(error: unknown): null {
  if ((error as { status?: number }).status === 422) return null;
  throw error;
}
