import type pg from 'pg';
import type { Item, ItemBody, MonitorStanding } from '../contract.ts';
import { type Known, known } from '../projects/read/plan-work.ts';
import type { Items } from '../items/items.ts';
import { shownPeriods } from './measure.ts';
import { readReadings, readStandings, readTurns } from './store.ts';

const shownTurns = 20;

/** A monitoring rule with how it stands. */
export type ReadMonitor = Known<'monitor'> & { project: Pick<Item, 'itemNo'> & { body: ItemBody<'project'> }; standing: MonitorStanding };

/**
 * Every monitoring rule of a plan in the order of its projects (of one project where `projectNo` is given), as it was decided last. It
 * promises to be quick, four questions to PostgreSQL whatever the number of rules: it reads no figure, waits for no engine and decides
 * nothing. `state` and `since` are of the newest whole period, `readings` the last thirteen of them in their order; `turns` is when a rule
 * was crossed and when it held again, the newest twenty, or those at or after `turnsSince`: what was news within a week or a month.
 */
export async function readMonitors(pool: pg.Pool, items: Items, planNo: number, { projectNo, turnsSince }: { projectNo?: number; turnsSince?: Date } = {}): Promise<ReadMonitor[]> {
  const all = await items.list(planNo, ['project', 'monitor']);
  const projects = known(all, 'project').filter(({ itemNo }) => projectNo === undefined || itemNo === projectNo);
  const rules = projects.flatMap((project) => known(all, 'monitor').filter(({ parentNo }) => parentNo === project.itemNo).map((rule) => ({ ...rule, project })));
  const itemNos = rules.map(({ itemNo }) => itemNo);
  const [standings, readings, turns] = await Promise.all([readStandings(pool, itemNos), readReadings(pool, itemNos, shownPeriods), readTurns(pool, itemNos, shownTurns, turnsSince)]);
  return rules.map((rule) => {
    const { state = 'unknown', since = null, lookedAt } = standings.get(rule.itemNo) ?? {};
    const shown = (readings.get(rule.itemNo) ?? []).toReversed().map(({ itemNo: _itemNo, computedAt, ...reading }) => ({ ...reading, computedAt: computedAt.toISOString() }));
    return { ...rule, standing: { state, since, lookedAt: lookedAt?.toISOString() ?? null, readings: shown, turns: turns.get(rule.itemNo) ?? [] } };
  });
}
