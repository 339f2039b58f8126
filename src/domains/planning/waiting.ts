import type pg from 'pg';
import { systemActor } from '../../kernel/actor.ts';
import { readBrand } from '../../platform/settings.ts';
import type { WaitingThing } from '../insights/public.ts';

/** What went wrong longer ago is nobody's news. */
const troubleDays = 14;

/** Where letters and messages about something are sent again, by what they are about. */
const places: Record<string, string> = { report: '/plan/reports', mailing: '/plan/reports?tab=auto', director: '/plan/director', meeting: '/plan/projects', monitor: '/plan/projects', goal: '/plan/goals' };

const keeps = { permission: 'planning.budget', isProblem: true, to: '/plan/budget' } as const;

/** Lines that hold more than their caps, but for those of which nobody wants to hear; and those that warn, to which something came lately though their months are over. What people cost is not everybody's. */
async function linesOver(pool: pg.Pool, since: Date, now: Date): Promise<Record<'caps' | 'months', number>> {
  const { timeZone } = await readBrand(pool);
  const { rows: [found] } = await pool.query<Record<'caps' | 'months', number>>(
    `select count(*) filter (where over_cap <> 'ignore' and reserved + committed + spent > cap)::int as caps,
        count(*) filter (where over_cap = 'warn' and until_month + interval '1 month' <= ($2::timestamptz at time zone $3) and exists (
          select from budget_entry e where e.line_no = l.line_no and e.kind = 'commit' and e.by_name = $4 and e.at >= $1 and e.at >= (until_month + interval '1 month') at time zone $3))::int as months
      from budget_line l join plan using (plan_no) where closed_at is null and is_current and purpose <> 'people'`, [since, now, timeZone, systemActor.name]);
  return found;
}

/** What of plans was not written, not sent or did not arrive, each with the page where it is made good; what is tried again by itself, and why; what waits for a second person; and what of the budget is over. */
export async function readWaiting(pool: pg.Pool, now: Date): Promise<WaitingThing[]> {
  const since = new Date(now.getTime() - troubleDays * 86_400_000);
  const overLines = await linesOver(pool, since, now);
  const [{ rows: reports }, { rows: letters }, { rows: again }, { rows: [counts] }] = await Promise.all([
    // The last word about a report or a director's page counts, as long as nothing of it was sent since.
    pool.query<{ kind: 'report' | 'director'; what: 'failed' | 'late'; count: number; reportNo: number; planNo: number }>(
      `select kind, what, count(*)::int as count, max(report_no) as "reportNo", max(plan_no) as "planNo" from (
          select distinct on (plan_no, report_no) plan_no, report_no, case when report_no is null then 'director' else 'report' end as kind, case when state = 'failed' then 'failed' else 'late' end as what,
              state in ('failed', 'missed') or (is_late and state = 'made') as is_trouble, due_at
            from plan_occasion order by plan_no, report_no, occasion_no desc) o
        where is_trouble and due_at >= $1 and not exists (select from plan_report r, generate_series(1, r.version) n where r.report_no = o.report_no and exists (
          select from plan_mail where subject_key = 'report:' || r.report_no || ':' || n and state <> 'failed' union all select from plan_robot_message where subject_key = 'report:' || r.report_no || ':' || n and state <> 'failed'))
        group by kind, what`, [since]),
    pool.query<{ about: string; count: number }>(
      `select split_part(subject_key, ':', 1) as about, count(*)::int as count from plan_mail m
        where state in ('failed', 'unknown') and due_at >= $1
          and not exists (select from plan_mail later where later.subject_key = m.subject_key and later.to_address = m.to_address and later.mail_no > m.mail_no and later.state in ('waiting', 'sending', 'sent')) group by 1`, [since]),
    pool.query<{ about: string; count: number; problem: string; params: Record<string, unknown> }>(
      `select about, count(*)::int as count, problem, (array_agg(params order by due_at desc))[1] as params from (
          select split_part(subject_key, ':', 1) as about, problem, problem_params as params, due_at from plan_mail where state in ('waiting', 'sending') and failures > 0 and problem is not null
          union all select 'group', problem, problem_params, due_at from plan_robot_message join plan_robot using (robot_no) where state in ('waiting', 'sending') and failures > 0 and problem is not null and removed_at is null) w
        group by about, problem order by about, problem`),
    pool.query<Record<'messages' | 'caps' | 'targets' | 'appeals', number>>(
      `select (select count(*)::int from plan_robot_message m join plan_robot r using (robot_no) where m.state in ('failed', 'unknown') and m.due_at >= $1 and removed_at is null
            and not exists (select from plan_robot_message later where later.robot_no = m.robot_no and later.message_no > m.message_no and later.state = 'sent')) as messages,
        (select count(*)::int from budget_change c join budget_line l using (line_no) join plan using (plan_no) where c.state = 'open' and closed_at is null and is_current) as caps,
        (select count(*)::int from kpi_change where decision = 'waiting') as targets, (select count(*)::int from kpi_appeal where outcome = 'waiting') as appeals`, [since]),
  ]);
  const edits = { permission: 'planning.edit', isProblem: true } as const;
  return [
    ...reports.map(({ kind, what, count, reportNo, planNo }): WaitingThing => ({
      ...edits, count, message: `planning:waiting.${kind}.${what}`, to: kind === 'director' ? `/plan/director?plan=${planNo}` : count === 1 ? `/plan/reports/${reportNo}?plan=${planNo}` : '/plan/reports',
    })),
    ...letters.map(({ about, count }): WaitingThing => ({ ...edits, count, message: 'planning:waiting.letters', to: places[about] ?? '/plan/projects' })),
    ...again.map(({ about, count, problem, params }): WaitingThing => ({
      ...edits, isProblem: false, count, message: `planning:waiting.again.${about === 'group' ? 'messages' : 'letters'}`, to: about === 'group' ? '/plan/robots' : places[about] ?? '/plan/projects', why: { code: problem, params },
    })),
    { ...edits, count: counts.messages, message: 'planning:waiting.messages', to: '/plan/robots' },
    { count: counts.caps, permission: 'planning.approve', message: 'planning:waiting.caps', to: '/plan/budget' },
    { ...keeps, count: overLines.caps, message: 'planning:waiting.overCaps' },
    { ...keeps, count: overLines.months, message: 'planning:waiting.overMonths' },
    { count: counts.targets, permission: 'planning.approve', message: 'planning:waiting.targets', to: '/plan/kpi' },
    { count: counts.appeals, permission: 'planning.people', message: 'planning:waiting.appeals', to: '/plan/kpi' },
  ];
}
