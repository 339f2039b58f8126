import type pg from 'pg';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { Program } from '../../../../kernel/program.ts';
import { alone, inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { PlanningDoors } from '../../part.ts';
import type { BudgetBook } from '../book.ts';
import { releaseBeyond } from './draw.ts';
import { releaseTakenOff } from './taken-off.ts';
import { catchUp, lapse, lockAllOf, putAside, spendRedeemed } from './keep-up.ts';

type FollowDoors = Pick<PlanningDoors, 'platform' | 'programs' | 'membership'>;

const by = 'system';
const lock = 6_401_009;
const exact = (text: string | null): bigint => parseDecimal(text ?? '') ?? 0n;

/**
 * Brings lines up to what their programs have cost: of those that do not ask before each time they give (activities, benefits), and of a
 * program that was given its line when it had begun already, whose history counts from its start. A line that stops is filled to its cap;
 * an activity or a benefit all of whose lines are full, by whomever, or over, is paused, and what it gave before that is an overrun. What was redeemed is spent, and what ended
 * or was taken back before is released, also where a program no longer draws on the line. What a program is expected to come to is put aside when it is given its lines and they have it, and
 * again when it came to more than that; programs that ended, and those that were taken off a line, give back what they reserved. One at a time: whoever looked before another was
 * done would undo what that one found. Returns how many changed.
 */
export const followPrograms = (doors: FollowDoors, book: BudgetBook): Promise<number> => alone(doors.platform.pg, lock, () => followAll(doors, book), 0);

async function followAll({ platform: { pg, clock, log }, programs, membership }: FollowDoors, book: BudgetBook): Promise<number> {
  const placed = await readPlaced(pg);
  if (placed.size === 0) return 0;
  await membership.followPointsCost();
  const { timeZone } = await readBrand(pg);
  const all = await programs.list('zh-CN');
  const goesOn = new Set(all.filter(({ state }) => state !== 'ended').map(({ key }) => key));
  let changed = await releaseTakenOff(pg, book, goesOn, clock.now(), timeZone);
  for (const program of all) {
    const known = placed.get(program.key);
    if (!known || !(isBehind(program, known) || (known.isPlaced && mayBePaused(program)))) continue;
    const expected = known.isPlaced && mayBePaused(program) && (!known.hasReserved || isOvertaken(program, known)) ? await expectedOf(membership, program) : null;
    const { isChanged, fullLines } = await inTransaction(pg, async (client) => {
      await lockAllOf(client, program.key);
      const isOver = program.state === 'ended' && program.kind !== 'campaign';
      const isReleased = isOver && await releaseBeyond(client, book, program.key, program.cost === null ? known.used : exact(program.cost), by);
      const hasLapsed = await lapse(client, book, program);
      const caught = await catchUp(client, book, program, clock.now(), timeZone);
      const isAside = expected !== null && await putAside(client, book, program.key, exact(expected), clock.now(), timeZone);
      return { ...caught, isChanged: (await spendRedeemed(client, book, program)) || caught.isChanged || isReleased || hasLapsed || isAside };
    });
    if (isChanged) changed += 1;
    if (fullLines.length > 0 && mayBePaused(program) && (await pause(membership, program, fullLines))) log.warn({ program: program.key, lines: fullLines }, 'a program was paused: its lines have nothing for it');
  }
  return changed;
}

/** What it has come to is more than what was put aside for it: the guess was too low. */
const isOvertaken = ({ cost }: Program, { used, reserved }: Known): boolean => exact(cost) - used > reserved;

const numberOf = (key: string): number => Number(key.split(':')[1]);

const mayBePaused = ({ kind, state }: Program): boolean => (kind === 'activity' || kind === 'benefit') && state === 'running';

const expectedOf = ({ activities, benefits }: PlanningDoors['membership'], { kind, key }: Program): Promise<string | null> =>
  (kind === 'activity' ? activities : benefits).expected(numberOf(key));

function pause({ activities, benefits }: PlanningDoors['membership'], { kind, key }: Program, fullLines: readonly string[]): Promise<boolean> {
  return kind === 'activity' ? activities.pause(numberOf(key), fullLines) : benefits.stopFull(numberOf(key), fullLines);
}

interface Known {
  /** The current plan gives it lines. */
  isPlaced: boolean;
  used: bigint;
  spent: bigint;
  reserved: bigint;
  /** It has put something aside on one of its lines before, at its publishing or when it was given them, and did not give it back when it was taken off. */
  hasReserved: boolean;
  /** Of what it used, what followed its cost and its redemptions. */
  given: bigint;
  redeemed: bigint;
}

/** Programs that the current plan gives lines, or that hold something, with what they hold of all lines. */
async function readPlaced(pool: pg.Pool): Promise<Map<string, Known>> {
  const { rows } = await pool.query<{ program: string; isPlaced: boolean; used: string; spent: string; reserved: string; hasReserved: boolean; given: string; redeemed: string }>(
    `select p.program, bool_or(p.is_placed) as "isPlaced", coalesce(sum(c.committed + c.spent), 0)::text as used, coalesce(sum(c.spent), 0)::text as spent, coalesce(sum(c.reserved), 0)::text as reserved,
        exists (select from budget_entry e where e.program = p.program and e.kind = 'reserve' and e.line_no = any(line_nos)
          and not exists (select from budget_entry r where r.program = e.program and r.line_no = e.line_no and r.kind = 'release' and starts_with(r.key, 'end ') and r.entry_no > e.entry_no)) as "hasReserved",
        coalesce(sum(c.given), 0)::text as given, coalesce(sum(c.redeemed), 0)::text as redeemed
      from (select program, bool_or(is_placed) as is_placed, max(line_nos) as line_nos from (
            select i.body ->> 'program' as program, true as is_placed, array(select jsonb_array_elements_text(i.body -> 'lineNos')::int) as line_nos from plan_item i join plan using (plan_no)
              where is_current and i.kind = 'program_place' and i.removed_at is null and jsonb_array_length(i.body -> 'lineNos') > 0
            union all select program, false, null from budget_claim where given > 0 or reserved > 0) d group by 1) p
        left join budget_claim c using (program) group by 1, line_nos`);
  return new Map(rows.map(({ program, isPlaced, used, spent, reserved, hasReserved, given, redeemed }) => [
    program, { isPlaced, used: exact(used), spent: exact(spent), reserved: exact(reserved), hasReserved, given: exact(given), redeemed: exact(redeemed) }]));
}

const isBehind = ({ kind, state, cost, redeemed }: Program, known: Known): boolean =>
  (known.isPlaced && exact(cost) > known.used) || exact(redeemed) > known.spent || (cost !== null && known.given > exact(cost)) || (redeemed !== null && known.redeemed > exact(redeemed))
  || (state === 'ended' && kind !== 'campaign' && known.reserved > 0n);
