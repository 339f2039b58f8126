import type pg from 'pg';
import { addDays, type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { HeldRow } from '../../contract/gate.ts';
import { type ChannelKind, reasons, verdicts, type Reason } from '../../contract.ts';
import type { Programs } from './programs.ts';

export interface HeldBy {
  days: number;
  reason?: Reason;
  runNo?: number;
  channel?: ChannelKind;
}

interface Span {
  from: Day;
  until: Day;
  since: Date;
}

/** The last days, today among them. */
async function spanOf({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, days: number): Promise<Span> {
  const { timeZone } = await readBrand(pool);
  const until = dayIn(timeZone, clock.now());
  const from = addDays(until, 1 - days);
  return { from, until, since: startOfDay(from, timeZone) };
}

const meant = `day between $1 and $2 and ($3::smallint is null or h.reason = $3) and ($4::int is null or h.run_no = $4) and ($5::text is null or r.channel = $5)`;
const valuesOf = ({ from, until }: Span, { reason, runNo, channel }: HeldBy): unknown[] => [from, until, reason === undefined ? null : reasons.indexOf(reason), runNo ?? null, channel ?? null];

/** Counts that were made in the background, with the moment of the newest. */
export async function readHeld(platform: Platform, programs: Programs, by: HeldBy) {
  const { pg: pool } = platform;
  const span = await spanOf(platform, by.days);
  const values = valuesOf(span, by);
  const [{ rows }, { rows: days }, { rows: [counted] }] = await Promise.all([
    pool.query<{ runNo: number; kind: HeldRow['program']['kind']; no: number; channel: ChannelKind; verdict: number; reason: number; decisions: number }>(
      `select h.run_no as "runNo", r.program_kind as kind, r.program_no as no, r.channel, h.verdict, h.reason, sum(h.people)::int as decisions
        from gate_held_day h join send_run r using (run_no) where ${meant} group by 1, 2, 3, 4, 5, 6 order by decisions desc, "runNo" desc limit 500`, values),
    pool.query<{ day: string; reason: number; decisions: number }>(
      `select day::text, h.reason, sum(h.people)::int as decisions from gate_held_day h join send_run r using (run_no) where ${meant} group by 1, 2 order by 1, 2`, values),
    pool.query<{ at: Date | null }>('select max(counted_at) as at from gate_counted_day'),
  ]);
  const programOf = await programs.namesOf(rows);
  return {
    rows: rows.map((row) => ({ runNo: row.runNo, channel: row.channel, decisions: row.decisions, program: programOf(row), verdict: verdicts[row.verdict], reason: reasons[row.reason] })),
    days: days.map((row) => ({ ...row, reason: reasons[row.reason] })),
    from: span.from, until: span.until, countedAt: counted.at?.toISOString() ?? null,
  };
}

interface HeldPerson {
  customerNo: number;
  occasion: string;
  runNo: number;
  reason: number;
  decidedAt: Date;
  nextAt: Date | null;
}

/** Runs that held somebody back as is asked, the newest first. */
async function runsOf(pool: pg.Pool, span: Span, by: HeldBy): Promise<{ runNo: number; occasionOn: string }[]> {
  const { rows } = await pool.query<{ runNo: number; occasionOn: string }>(
    `select distinct h.run_no as "runNo", r.occasion_on::text as "occasionOn" from gate_held_day h join send_run r using (run_no) where ${meant} order by 1 desc`, valuesOf(span, by));
  return rows;
}

/** A page of those people, run by run and in the order of their numbers. */
export async function listHeld(platform: Platform, by: HeldBy & { after?: string; limit: number }): Promise<{ people: HeldPerson[]; next: string | null }> {
  const span = await spanOf(platform, by.days);
  const position = by.after === undefined ? null : positionOf(by.after);
  const people: HeldPerson[] = [];
  for (const { runNo, occasionOn } of await runsOf(platform.pg, span, by)) {
    if (people.length > by.limit) break;
    if (position && runNo > position.runNo) continue;
    const after = position?.runNo === runNo ? position : { customerNo: 0, occasion: '' };
    const { rows } = await platform.pg.query<HeldPerson>(
      `select customer_no as "customerNo", occasion, run_no as "runNo", reason, decided_at as "decidedAt", next_at as "nextAt" from send_decision
        where occasion_on = $1 and run_no = $2 and verdict <> 0 and ($3::smallint is null or reason = $3) and decided_at >= $4 and (customer_no, occasion) > ($5, $6)
        order by customer_no, occasion limit $7`,
      [occasionOn, runNo, by.reason === undefined ? null : reasons.indexOf(by.reason), span.since, after.customerNo, after.occasion, by.limit + 1 - people.length]);
    people.push(...rows);
  }
  const shown = people.slice(0, by.limit);
  const last = shown.at(-1);
  return { people: shown, next: people.length > by.limit && last ? `${last.runNo}~${last.customerNo}~${last.occasion}` : null };
}

function positionOf(text: string): { runNo: number; customerNo: number; occasion: string } {
  const found = /^(\d{1,9})~(\d{1,10})~(.*)$/.exec(text);
  if (!found || Number(found[2]) > 2_147_483_647) throw new Problem('messaging.bad_position', { fields: [{ path: 'query.after', code: 'invalid' }] });
  return { runNo: Number(found[1]), customerNo: Number(found[2]), occasion: found[3] };
}

/** Everybody of them, each once. */
export async function allHeld(platform: Platform, by: HeldBy): Promise<number[]> {
  const span = await spanOf(platform, by.days);
  const people = new Set<number>();
  for (const { runNo, occasionOn } of await runsOf(platform.pg, span, by)) {
    const { rows } = await platform.pg.query<{ no: number }>({
      text: 'select customer_no as no from send_decision where occasion_on = $1 and run_no = $2 and verdict <> 0 and ($3::smallint is null or reason = $3) and decided_at >= $4',
      values: [occasionOn, runNo, by.reason === undefined ? null : reasons.indexOf(by.reason), span.since],
    });
    for (const { no } of rows) people.add(no);
  }
  return [...people];
}
