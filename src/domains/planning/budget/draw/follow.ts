import type pg from 'pg';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { Program } from '../../../../kernel/program.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { PlanningDoors } from '../../part.ts';
import type { BudgetBook } from '../book.ts';
import { held } from '../rules/decide.ts';
import { releaseBeyond } from './draw.ts';
import { lockLinesOf } from './lines-of.ts';

const by = 'system';

/**
 * Brings lines up to what their programs have cost: of those that do not ask before each time they give (activities, benefits), and of a
 * program that was given its line when it had begun already, whose history counts from its start. A line that stops is filled to its cap
 * and no further; an activity or a benefit all of whose lines are full, by whomever, is paused. What was redeemed is spent. Programs that
 * ended give back what they reserved. Returns how many changed.
 */
export async function followPrograms({ platform: { pg, clock, log }, programs, membership }: Pick<PlanningDoors, 'platform' | 'programs' | 'membership'>, book: BudgetBook): Promise<number> {
  const placed = await readPlaced(pg);
  if (placed.size === 0) return 0;
  const { timeZone } = await readBrand(pg);
  let changed = 0;
  for (const program of await programs.list('zh-CN')) {
    const known = placed.get(program.key);
    if (!known || !(isBehind(program, known) || mayBePaused(program))) continue;
    const { isChanged, fullLines } = await inTransaction(pg, async (client) => {
      const isOver = program.state === 'ended' && program.kind !== 'campaign';
      const isReleased = isOver && await releaseBeyond(client, book, program.key, parseDecimal(program.cost ?? '') ?? known.used, by);
      const caught = await catchUp(client, book, program, clock.now(), timeZone);
      return { ...caught, isChanged: (await spendRedeemed(client, book, program)) || caught.isChanged || isReleased };
    });
    if (isChanged) changed += 1;
    if (fullLines.length > 0 && mayBePaused(program) && (await pause(membership, program, fullLines))) log.warn({ program: program.key, lines: fullLines }, 'a program was paused: its budget is used up');
  }
  return changed;
}

const numberOf = (key: string): number => Number(key.split(':')[1]);

const mayBePaused = ({ kind, state, cost }: Program): boolean => (kind === 'activity' || kind === 'benefit') && state === 'running' && cost !== null;

function pause({ activities, benefits }: PlanningDoors['membership'], { kind, key }: Program, fullLines: readonly string[]): Promise<boolean> {
  return kind === 'activity' ? activities.pause(numberOf(key)) : benefits.stopFull(numberOf(key), fullLines);
}

interface Known {
  used: bigint;
  spent: bigint;
  reserved: bigint;
}

/** Programs that the current plan gives lines, with what they hold of all lines. */
async function readPlaced(pool: pg.Pool): Promise<Map<string, Known>> {
  const { rows } = await pool.query<{ program: string; used: string; spent: string; reserved: string }>(
    `select i.body ->> 'program' as program, coalesce(sum(c.committed + c.spent), 0)::text as used, coalesce(sum(c.spent), 0)::text as spent, coalesce(sum(c.reserved), 0)::text as reserved
      from plan_item i join plan p using (plan_no) left join budget_claim c on c.program = i.body ->> 'program'
      where p.is_current and i.kind = 'program_place' and i.removed_at is null and jsonb_array_length(i.body -> 'lineNos') > 0 group by 1`);
  return new Map(rows.map(({ program, used, spent, reserved }) => [program, { used: parseDecimal(used) ?? 0n, spent: parseDecimal(spent) ?? 0n, reserved: parseDecimal(reserved) ?? 0n }]));
}

const isBehind = (program: Program, { used, spent, reserved }: Known): boolean =>
  (parseDecimal(program.cost ?? '') ?? 0n) > used || (parseDecimal(program.redeemed ?? '') ?? 0n) > spent || (program.state === 'ended' && program.kind !== 'campaign' && reserved > 0n);

async function catchUp(client: pg.PoolClient, book: BudgetBook, { key, cost }: Program, now: Date, timeZone: string): Promise<{ isChanged: boolean; fullLines: string[] }> {
  const lines = await lockLinesOf(client, key, now, timeZone);
  const { rows: [{ used }] } = await client.query<{ used: string }>('select coalesce(sum(committed + spent), 0)::text as used from budget_claim where program = $1', [key]);
  let behind = (parseDecimal(cost ?? '') ?? 0n) - (parseDecimal(used) ?? 0n);
  let isChanged = false;
  let left: bigint | null = 0n;
  for (const line of lines) {
    const room = line.overCap === 'stop' ? line.claim.reserved + line.cap - held(line) : behind;
    left = line.overCap === 'stop' && left !== null ? left + room : null;
    const amount = room < behind ? room : behind;
    if (amount <= 0n) continue;
    await book.carryOut(client, { lineNo: line.lineNo, program: key, key: `follow ${key} ${line.lineNo} ${cost} ${formatDecimal(behind)}`, by, command: { kind: 'commit', amount } });
    isChanged = true;
    behind -= amount;
    if (left !== null) left -= amount;
  }
  return { isChanged, fullLines: left !== null && left <= 0n ? lines.map(({ name }) => name) : [] };
}

/** Spends of what a program committed what was redeemed of it, as far as invoices did not. */
async function spendRedeemed(client: pg.PoolClient, book: BudgetBook, { key, redeemed }: Program): Promise<boolean> {
  const { rows } = await client.query<{ lineNo: number; committed: string; spent: string }>(
    'select line_no as "lineNo", c.committed, c.spent from budget_claim c join budget_line l using (line_no) where program = $1 and closed_at is null order by line_no for update of l', [key]);
  const claims = rows.map(({ lineNo, committed, spent }) => ({ lineNo, committed: parseDecimal(committed) ?? 0n, spent: parseDecimal(spent) ?? 0n }));
  let behind = claims.reduce((left, { spent }) => left - spent, parseDecimal(redeemed ?? '') ?? 0n);
  let isChanged = false;
  for (const { lineNo, committed } of claims) {
    const amount = committed < behind ? committed : behind;
    if (amount <= 0n) continue;
    await book.carryOut(client, { lineNo, program: key, key: `redeem ${key} ${lineNo} ${redeemed} ${formatDecimal(behind)}`, by, command: { kind: 'spend', amount } });
    isChanged = true;
    behind -= amount;
  }
  return isChanged;
}
