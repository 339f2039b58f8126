import type pg from 'pg';
import { type Day, dayIn } from '../../../../kernel/day.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { Item, ItemBody, ItemKindName } from '../../contract.ts';
import type { ScheduledItem } from '../../contract/projects.ts';
import type { Items } from '../../items/items.ts';
import { requirePlan } from '../../plans/keep-plans.ts';
import { forecast, type Work } from '../schedule/forecast.ts';

/** An item whose body is known by its kind. */
export type Known<K extends ItemKindName> = Omit<Item, 'kind' | 'body'> & { kind: K; body: ItemBody<K> };
/** A body was checked against its kind when it was written. */
export const known = <K extends ItemKindName>(items: readonly Item[], ...kinds: K[]): Known<K>[] => items.filter(({ kind }) => (kinds as ItemKindName[]).includes(kind)) as unknown as Known<K>[];

/** A task or a milestone with what will become of it. */
export type PlannedItem = Known<'task' | 'milestone'> & Omit<ScheduledItem, keyof Item>;

/** Everything to be done in a plan, reckoned through, whatever project it belongs to. */
export interface PlanWork {
  today: Day;
  computedAt: string;
  projects: Known<'project'>[];
  meetings: Known<'meeting'>[];
  items: PlannedItem[];
}

/** What was reckoned last of each plan, for its change and its day: what a page reads in several answers is reckoned once. */
const kept = new WeakMap<pg.Pool, Map<number, { of: string; work: Promise<PlanWork> }>>();
const mostKept = 4;

/** The work of a plan as it is; nobody changes what they are given. */
export async function readPlanWork({ pg: pool, clock }: Platform, items: Items, planNo: number): Promise<PlanWork> {
  // The change is read first: what comes while the rest is read is read again by whoever sees it.
  const [{ changeNo }, { today, now }] = await Promise.all([requirePlan(pool, planNo), readToday(pool, clock.now())]);
  const plans = kept.get(pool) ?? new Map<number, { of: string; work: Promise<PlanWork> }>();
  kept.set(pool, plans);
  const of = `${changeNo} ${today}`;
  const before = plans.get(planNo);
  const work = before?.of === of ? before.work : reckon(items, planNo, today, now);
  plans.delete(planNo);
  plans.set(planNo, { of, work });
  if (plans.size > mostKept) plans.delete([...plans.keys()][0]);
  return work.then((found) => ({ ...found, computedAt: now.toISOString() }), (error: unknown) => {
    if (plans.get(planNo)?.work === work) plans.delete(planNo);
    throw error;
  });
}

async function reckon(items: Items, planNo: number, today: Day, now: Date): Promise<PlanWork> {
  const all = await items.list(planNo, ['project', 'milestone', 'task', 'meeting']);
  const work = known(all, 'task', 'milestone');
  const reckoned = forecast(work.map(asWork), today);
  return {
    today, computedAt: now.toISOString(), projects: known(all, 'project'), meetings: known(all, 'meeting'),
    items: work.map((item) => ({ ...item, ...(reckoned.get(item.itemNo) ?? { starts: null, ends: null, lateDays: 0, isCritical: false }) })),
  };
}

/** The brand's day at a moment. */
export async function readToday(connection: pg.Pool, now: Date): Promise<{ today: Day; now: Date; timeZone: string }> {
  const { timeZone } = await readBrand(connection);
  return { today: dayIn(timeZone, now), now, timeZone };
}

function asWork(item: Known<'task' | 'milestone'>): Work {
  const { itemNo, parentNo: group, kind, body } = item;
  if (kind === 'milestone') {
    const { due, doneOn, dependsOn } = body as ItemBody<'milestone'>;
    return { itemNo, group, isMilestone: true, from: due, to: due, doneOn, isBegun: false, isDropped: false, dependsOn };
  }
  const { from, to, doneOn, state, dependsOn } = body as ItemBody<'task'>;
  return { itemNo, group, isMilestone: false, from, to, doneOn, isBegun: state === 'doing', isDropped: state === 'dropped', dependsOn };
}
