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

export async function readPlanWork({ pg: pool, clock }: Platform, items: Items, planNo: number): Promise<PlanWork> {
  await requirePlan(pool, planNo);
  const [all, { today, now }] = await Promise.all([items.list(planNo, ['project', 'milestone', 'task', 'meeting']), readToday(pool, clock.now())]);
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
