import type pg from 'pg';
import type { Day } from '../../../../kernel/day.ts';
import { addDays, startOfDay } from '../../../../kernel/day.ts';
import { actionsOf } from '../../../access/public.ts';
import type { WorkKind } from '../../contract.ts';
import type { PlanRows } from './plan-rows.ts';

/** What of the audit log is which work. What is not here is seen in the plan itself. */
export const workActions: Record<WorkKind, readonly string[]> = {
  tasks: [],
  meetings: [],
  campaigns: ['campaigns.create_campaign'],
  templates: ['messaging.create_template'],
  audiences: ['audiences.create'],
  tags: ['audiences.make_tag', 'audiences.tag_by_file', 'customers.add_tag'],
  imports: ['collect.import'],
  benefits: ['membership.create_benefit', 'membership.grant_benefit'],
  activities: ['membership.create_activity', 'membership.create_mall_item'],
  service: ['membership.adjust', 'membership.reverse_exchange', 'membership.take_grant_back', 'membership.retry_grant', 'membership.ship_exchange'],
  reviews: ['membership.decide_tier_review', 'membership.decide_tier_grant', 'membership.approve_programme', 'membership.refuse_programme'],
  reports: ['insights.add_schedule', 'campaigns.edit_report', 'campaigns.send_report'],
  lessons: ['campaigns.save_lesson'],
  models: ['insights.train'],
  analyses: ['insights.save_view', 'insights.set_targets', 'insights.export'],
};

/** What is counted in the plan's own rows. */
export const isOfPlan = (work: WorkKind): boolean => workActions[work].length === 0;

export interface WorkAsked {
  staffId: number;
  work: WorkKind;
  from: Day;
  until: Day;
}

export interface WorkDone {
  count: number;
  /** The first of them, so that each can be looked up. */
  rows: { ref: string; at: string }[];
}

const mostRows = 200;

/** What people did in their days, counted from what the system saw; one question for all. */
export async function countWork(pool: pg.Pool, asked: readonly WorkAsked[], plan: PlanRows, timeZone: string): Promise<WorkDone[]> {
  const logged = asked.filter(({ work }) => !isOfPlan(work));
  const found = await actionsOf(pool, logged.map(({ staffId, work, from, until }) => ({ staffId, actions: workActions[work], from: startOfDay(from, timeZone), until: startOfDay(addDays(until, 1), timeZone) })), mostRows);
  const byAsked = new Map(logged.map((each, i) => [each, { count: found[i].count, rows: found[i].rows.map(({ seq, at }) => ({ ref: `audit:${seq}`, at: at.toISOString() })) }]));
  return asked.map((each) => byAsked.get(each) ?? ofPlan(each, plan, timeZone));
}

function ofPlan({ staffId, work, from, until }: WorkAsked, { tasks, meetings }: PlanRows, timeZone: string): WorkDone {
  const rows = work === 'tasks'
    ? tasks.filter(({ staffId: owner, doneOn }) => owner === staffId && doneOn !== null && doneOn >= from && doneOn <= until).map(({ itemNo, doneOn }) => ({ ref: `item:${itemNo}`, at: doneOn! }))
    : meetings.filter(({ staffIds, at }) => staffIds.includes(staffId) && at >= startOfDay(from, timeZone).toISOString() && at < startOfDay(addDays(until, 1), timeZone).toISOString()).map(({ itemNo, at }) => ({ ref: `item:${itemNo}`, at }));
  return { count: rows.length, rows: rows.slice(0, mostRows) };
}
