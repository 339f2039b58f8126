import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { CampaignBudget } from '../../../campaigns/public.ts';
import type { PromisesBudget } from '../../../membership/public.ts';
import type { Budget } from '../../../messaging/public.ts';
import { programKeyOf } from '../../../../kernel/program.ts';
import type { PlanningDoors } from '../../part.ts';
import type { BudgetBook } from '../book.ts';
import { held } from '../rules/decide.ts';
import { followWith, lockClaims } from './keep-up.ts';
import { drawnLines } from './drawn-lines.ts';
import { freeOf, lockLinesOf, type NamedLine, roomIn } from './lines-of.ts';

const exact = (text: string): bigint => parseDecimal(text) ?? 0n;
/** The caller's transaction carries it out or does not: it cannot happen twice. */
const onceInItsTransaction = (): string => randomUUID();

/** Says of messages of campaigns how many their lines afford, and commits what those cost. */
export function messagesWithin(doors: Pick<PlanningDoors, 'platform' | 'campaigns'>, book: BudgetBook): Budget {
  return {
    async affords(client, { programKind, programNo, runNo }, wanted, now) {
      if (programKind !== 'campaign' || wanted === 0) return wanted;
      const each = exact(await doors.campaigns.costPerMessage(client, programNo));
      if (each === 0n) return wanted;
      const program = programKeyOf('campaign', programNo);
      const lines = await lockLinesOf(client, program, now, (await readBrand(client)).timeZone);
      if (lines === null) return wanted;
      let left = wanted;
      for (const line of lines) {
        const room = roomIn(line, lines);
        const messages = room === null || room >= BigInt(left) * each ? left : Number(room / each);
        if (messages > 0) await book.carryOut(client, { lineNo: line.lineNo, program, key: `run ${runNo} ${onceInItsTransaction()}`, by: 'system', command: { kind: 'commit', amount: BigInt(messages) * each } });
        left -= messages;
        if (left === 0) break;
      }
      return wanted - left;
    },
  };
}

/**
 * Puts aside what a program will cost, over its lines in their order, those of months to come too; refused where they have less, as where
 * their months are over. Returns the names of those that only warn and are over their caps.
 */
async function reserveFor(client: pg.PoolClient, book: BudgetBook, named: readonly NamedLine[] | null, { program, amount, by }: { program: string; amount: bigint; by: string }): Promise<string[]> {
  if (named === null || amount === 0n) return [];
  const lines = named.filter(({ when }) => when !== 'over');
  if (lines.length === 0 && named.some(({ overCap }) => overCap !== 'stop')) return [];
  const names = named.map(({ name }) => name);
  if (lines.length === 0) throw conflict('planning.budget_program_empty', { lines: names });
  const free = (line: NamedLine): bigint | null => (line.overCap === 'stop' ? freeOf(line) : null);
  const total = sumRooms(lines.map(free));
  if (total !== null && total < amount) throw conflict('planning.budget_program_over_cap', { wanted: formatDecimal(amount), free: formatDecimal(total), lines: names });
  let left = amount;
  const over: string[] = [];
  for (const line of lines) {
    const room = free(line);
    const part = room === null || room >= left ? left : room;
    if (part > 0n) {
      const { isOver } = await book.carryOut(client, { lineNo: line.lineNo, program, key: `reserve ${program} ${onceInItsTransaction()}`, by, command: { kind: 'reserve', amount: part } });
      if (isOver && line.overCap === 'warn') over.push(line.name);
    }
    left -= part;
    if (left === 0n) break;
  }
  return over;
}

/**
 * Where nobody can tell what a program will cost, it is enough that its lines have something: of one that has begun what the next look, which would stop
 * it, finds; of another those of months to come too. Returns the names of those that only warn and are over their caps.
 */
function roomFor(named: readonly NamedLine[], hasBegun: boolean): string[] {
  const lines = hasBegun && named.some(({ when }) => when !== 'ahead') ? named : named.map((line) => (line.when === 'ahead' ? { ...line, when: 'on' as const } : line));
  const room = sumRooms(lines.map((line) => roomIn(line, lines)));
  if (lines.length > 0 && room !== null && room <= 0n) throw conflict('planning.budget_program_empty', { lines: named.map(({ name }) => name) });
  return lines.filter((line) => line.overCap === 'warn' && held(line) >= line.cap).map(({ name }) => name);
}

/** What all of them have; null where one has no limit. */
const sumRooms = (rooms: readonly (bigint | null)[]): bigint | null => rooms.reduce((all, room) => (all === null || room === null ? null : all + room), 0n);

/** What activities and benefits ask of the budget when they are published, go on, or grow. */
export function promisesWithin({ platform: { pg: pool, clock } }: Pick<PlanningDoors, 'platform'>, book: BudgetBook): PromisesBudget {
  return {
    async reserve(client, program, { most, hasBegun }, by) {
      const lines = await lockLinesOf(client, program, clock.now(), (await readBrand(client)).timeZone);
      if (most === null) return roomFor(lines ?? [], hasBegun);
      const { rows: [{ holds }] } = await client.query<{ holds: string }>('select coalesce(sum(reserved + committed + spent), 0)::text as holds from budget_claim where program = $1', [program]);
      const missing = exact(most) - exact(holds);
      // One that came to more than it was thought to holds all that was asked for, and has to have something to go on with all the same.
      if (missing <= 0n && exact(most) > 0n) return roomFor(lines ?? [], hasBegun);
      return reserveFor(client, book, lines, { program, amount: missing > 0n ? missing : 0n, by });
    },
    lines: (program, actor) => drawnLines(pool, program, actor, clock.now()),
  };
}

/** What campaigns ask of the budget at their turns. */
export function campaignsWithin({ platform: { pg: pool, clock } }: Pick<PlanningDoors, 'platform'>, book: BudgetBook): CampaignBudget {
  return {
    async reserve(client, campaignNo, amount, by) {
      const program = programKeyOf('campaign', campaignNo);
      await reserveFor(client, book, await lockLinesOf(client, program, clock.now(), (await readBrand(client)).timeZone), { program, amount: exact(amount), by });
    },
    async end(client, campaignNo, used, by) {
      await releaseBeyond(client, book, programKeyOf('campaign', campaignNo), exact(used), by);
    },
    lines: (campaignNo, actor) => drawnLines(pool, programKeyOf('campaign', campaignNo), actor, clock.now()),
  };
}

/** Gives back what a program holds beyond what it used: all reservations, and commitments for what was never issued. Whether there was any. */
export async function releaseBeyond(client: pg.PoolClient, book: BudgetBook, program: string, used: bigint, by: string): Promise<boolean> {
  const claims = await lockClaims(client, program);
  const spent = claims.reduce((all, claim) => all + claim.spent, 0n);
  let isReleased = false;
  let mayStay = used > spent ? used - spent : 0n;
  for (const { lineNo, reserved, committed } of claims.filter(({ isClosed }) => !isClosed)) {
    const stays = committed < mayStay ? committed : mayStay;
    mayStay -= stays;
    const amount = reserved + committed - stays;
    if (amount <= 0n) continue;
    await followWith(client, book, lineNo, program, 'end', { kind: 'release', amount }, by);
    isReleased = true;
  }
  return isReleased;
}
