import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { Program } from '../../../../kernel/program.ts';
import type { BudgetBook } from '../book.ts';
import { exactAmounts } from '../figures/spent-in.ts';
import type { Amounts, BudgetCommand } from '../rules/decide.ts';
import { freeOf, lockLinesOf, type NamedLine, roomIn } from './lines-of.ts';

/** What a program holds of a line; and of that what followed its cost and its redemptions, not an invoice or anybody's hand. */
interface Claim extends Amounts {
  lineNo: number;
  /** Then it stays as it is, and counts. */
  isClosed: boolean;
  /** More came to the line than its cap. */
  isOverrun: boolean;
  given: bigint;
  redeemed: bigint;
}

const exact = (text: string | null): bigint => parseDecimal(text ?? '') ?? 0n;

/** Locks all lines that a program holds something of or is named for, in their order: whoever locks first the one and then the other kind would wait for somebody who waits for them. */
export async function lockAllOf(client: pg.PoolClient, program: string): Promise<void> {
  await client.query(
    `select from budget_line where line_no in (select line_no from budget_claim where program = $1
        union select jsonb_array_elements_text(i.body -> 'lineNos')::int from plan_item i join plan p using (plan_no) where p.is_current and i.kind = 'program_place' and i.removed_at is null and i.body ->> 'program' = $1)
      order by line_no for update`, [program]);
}

/** What a program holds of all lines, which are locked in their order. */
export async function lockClaims(client: pg.PoolClient, program: string): Promise<Claim[]> {
  await client.query('select from budget_line join budget_claim using (line_no) where program = $1 order by line_no for update of budget_line', [program]);
  const { rows } = await client.query<Record<'reserved' | 'committed' | 'spent' | 'given' | 'redeemed', string> & Pick<Claim, 'lineNo' | 'isClosed' | 'isOverrun'>>(
    `select line_no as "lineNo", closed_at is not null as "isClosed", overrun > 0 as "isOverrun", c.reserved, c.committed, c.spent, given, redeemed from budget_claim c join budget_line using (line_no) where program = $1 order by line_no`, [program]);
  return rows.map(({ lineNo, isClosed, isOverrun, given, redeemed, ...money }) => ({ lineNo, isClosed, isOverrun, ...exactAmounts(money), given: exact(given), redeemed: exact(redeemed) }));
}

/** Carries out what follows from what a program gave, and notes it with the claim. The transaction that holds the lines does it or does not: it cannot happen twice. */
export async function followWith(client: pg.PoolClient, book: BudgetBook, lineNo: number, program: string, what: 'follow' | 'lapse' | 'redeem' | 'end', command: BudgetCommand, by = 'system'): Promise<void> {
  const { change } = await book.carryOut(client, { lineNo, program, key: `${what} ${program} ${randomUUID()}`, by, command });
  const [given, redeemed] = what === 'redeem' ? [0n, change.spent] : [what === 'follow' && command.kind === 'commit' ? command.amount : change.committed, 0n];
  await client.query('update budget_claim set given = greatest(0, given + $3), redeemed = redeemed + $4 where line_no = $1 and program = $2', [lineNo, program, formatDecimal(given), formatDecimal(redeemed)]);
}

/** Carries an amount out over claims in their order, of each as much as there is; whether it came to anything. */
async function over(client: pg.PoolClient, book: BudgetBook, program: string, claims: readonly Claim[], what: 'lapse' | 'redeem', kind: Exclude<BudgetCommand['kind'], 'release'>, amount: bigint, most: (claim: Claim) => bigint): Promise<boolean> {
  let left = amount;
  for (const claim of claims.filter(({ isClosed }) => !isClosed)) {
    const room = most(claim);
    const part = room < left ? room : left;
    if (part <= 0n) continue;
    await followWith(client, book, claim.lineNo, program, what, { kind, amount: part });
    left -= part;
  }
  return left < amount;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const sum = (claims: readonly Claim[], of: (claim: Claim) => bigint): bigint => claims.reduce((all, claim) => all + of(claim), 0n);

/** Gives back what a program committed for what ended or was taken back before anybody redeemed it; first to lines that hold more than their caps. */
export async function lapse(client: pg.PoolClient, book: BudgetBook, { key, cost }: Program): Promise<boolean> {
  if (cost === null) return false;
  const claims = (await lockClaims(client, key)).toSorted((a, b) => Number(b.isOverrun) - Number(a.isOverrun));
  return over(client, book, key, claims, 'lapse', 'lapse', sum(claims, ({ given }) => given) - exact(cost), ({ committed, given }) => least(committed, given));
}

/** Spends of what a program committed what was redeemed of it, as far as invoices did not; what is redeemed no longer returns. */
export async function spendRedeemed(client: pg.PoolClient, book: BudgetBook, { key, redeemed }: Program): Promise<boolean> {
  if (redeemed === null) return false;
  const claims = await lockClaims(client, key);
  const back = await over(client, book, key, claims, 'redeem', 'return', sum(claims, (claim) => claim.redeemed) - exact(redeemed), (claim) => least(claim.spent, claim.redeemed));
  return (await over(client, book, key, claims, 'redeem', 'spend', exact(redeemed) - sum(claims, ({ spent }) => spent), ({ committed }) => committed)) || back;
}

/**
 * Commits what a program has cost beyond what it holds: first what its lines have room for, then the rest as an overrun of the last of those that are on,
 * or else of those that were, for it has been given already. Lines of months to come wait for these. Also names its lines where nothing more may be given:
 * neither of those that are on nor of what it put aside on others is anything left. One whose lines are all of months to come is stopped by none.
 */
export async function catchUp(client: pg.PoolClient, book: BudgetBook, { key, cost }: Program, now: Date, timeZone: string): Promise<{ isChanged: boolean; fullLines: string[] }> {
  const lines = (await lockLinesOf(client, key, now, timeZone)) ?? [];
  const { rows: [{ used }] } = await client.query<{ used: string }>('select coalesce(sum(committed + spent), 0)::text as used from budget_claim where program = $1', [key]);
  let behind = exact(cost) - exact(used);
  let isChanged = false;
  let left: bigint | null = 0n;
  for (const line of lines) {
    const room = roomIn(line, lines);
    left = room !== null && left !== null ? left + room : null;
    const amount = room === null ? behind : least(room, behind);
    if (amount <= 0n) continue;
    await followWith(client, book, line.lineNo, key, 'follow', { kind: 'commit', amount });
    isChanged = true;
    behind -= amount;
    if (left !== null) left -= amount;
  }
  const last = lines.findLast(({ when }) => when === 'on') ?? lines.findLast(({ when, isClosed }) => when === 'over' && !isClosed);
  if (last && behind > 0n) {
    await followWith(client, book, last.lineNo, key, 'follow', { kind: 'commit', amount: behind, isOwed: true });
    isChanged = true;
  }
  const isAhead = lines.every(({ when }) => when === 'ahead');
  return { isChanged, fullLines: left !== null && left <= 0n && !isAhead ? lines.map(({ name }) => name) : [] };
}

/** Puts aside what a program is expected to come to in all beyond what it holds; nothing where its lines have less, so that no guess fills a line of others. */
export async function putAside(client: pg.PoolClient, book: BudgetBook, program: string, expected: bigint, now: Date, timeZone: string): Promise<boolean> {
  const lines = ((await lockLinesOf(client, program, now, timeZone)) ?? []).filter(({ when }) => when === 'on');
  const { rows: [{ holds }] } = await client.query<{ holds: string }>('select coalesce(sum(reserved + committed + spent), 0)::text as holds from budget_claim where program = $1', [program]);
  return putAsideOn(client, book, program, lines, expected - exact(holds));
}

/** Puts an amount aside on lines in their order; nothing where they have less. */
export async function putAsideOn(client: pg.PoolClient, book: BudgetBook, program: string, lines: readonly NamedLine[], missing: bigint): Promise<boolean> {
  const freeIn = (line: NamedLine): bigint => (line.overCap === 'stop' ? freeOf(line) : missing);
  if (lines.reduce((all, line) => all + freeIn(line), 0n) < missing) return false;
  let left = missing;
  for (const line of lines) {
    const amount = least(freeIn(line), left);
    if (amount <= 0n) continue;
    await book.carryOut(client, { lineNo: line.lineNo, program, key: `expected ${program} ${randomUUID()}`, by: 'system', command: { kind: 'reserve', amount } });
    left -= amount;
  }
  return left < missing;
}
