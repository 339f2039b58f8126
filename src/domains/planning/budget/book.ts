import type pg from 'pg';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { conflict, notFound, Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { type Amounts, type BudgetCommand, decide, type Decided, type LineState } from './rules/decide.ts';

/** A command about a line. The same key is carried out once: a repeat is answered with what the first did, another command under it is refused. */
export interface BudgetOrder {
  lineNo: number;
  /** `campaign 12`. */
  program: string;
  key: string;
  command: BudgetCommand;
  by: string;
  /** Why, where somebody said. */
  note?: string;
  /** When it was, where that is not now. */
  at?: Date;
}

export interface BudgetDone {
  entryNo: number;
  change: Amounts;
  isOver: boolean;
}

/** The budget's book: programs draw on its lines, and no line that stops lets anything through beyond its cap. What is owed all the same is written as its overrun. */
export interface BudgetBook {
  /** Carries an order out, durably and once. Orders of the same moment share a transaction. */
  execute(order: BudgetOrder): Promise<BudgetDone>;
  /** Carries it out in somebody else's transaction. */
  carryOut(client: pg.PoolClient, order: BudgetOrder): Promise<BudgetDone>;
}

type Result = { done: BudgetDone } | { refused: Problem };

interface Waiting {
  order: BudgetOrder;
  resolve(done: BudgetDone): void;
  reject(error: unknown): void;
}

const batchSize = 100;

export function createBudgetBook({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>): BudgetBook {
  const queue: Waiting[] = [];
  let isRunning = false;
  const run = (orders: readonly BudgetOrder[]): Promise<Result[]> => inTransaction(pool, (client) => carryOutAll(client, orders, clock.now()));
  const answer = ({ resolve, reject }: Waiting, result: Result): void => ('done' in result ? resolve(result.done) : reject(result.refused));
  /** A batch that fails as a whole is tried again one by one, so that nobody pays for another's fault. */
  const oneByOne = async (batch: readonly Waiting[], error: unknown): Promise<void> => {
    if (batch.length === 1) return batch[0].reject(error);
    for (const waiting of batch) await run([waiting.order]).then(([result]) => answer(waiting, result), waiting.reject);
  };
  const work = async (): Promise<void> => {
    isRunning = true;
    while (queue.length > 0) {
      const batch = queue.splice(0, batchSize);
      await run(batch.map(({ order }) => order)).then((results) => batch.forEach((waiting, i) => answer(waiting, results[i])), (error: unknown) => oneByOne(batch, error));
    }
    isRunning = false;
  };
  return {
    execute: (order) => new Promise((resolve, reject) => {
      queue.push({ order, resolve, reject });
      // What else comes in this turn of the loop goes with it.
      if (!isRunning) setImmediate(() => void (!isRunning && queue.length > 0 && work()));
    }),
    async carryOut(client, order) {
      const [result] = await carryOutAll(client, [order], clock.now());
      if ('refused' in result) throw result.refused;
      return result.done;
    },
  };
}

const exact = (text: string): bigint => parseDecimal(text) ?? 0n;
const claimKey = (lineNo: number, program: string): string => `${lineNo} ${program}`;

interface Entry {
  order: BudgetOrder;
  change: Amounts;
  isOver: boolean;
}

/** Lines are locked in their order; what is decided of one order is the state the next one sees. */
async function carryOutAll(client: pg.PoolClient, orders: readonly BudgetOrder[], at: Date): Promise<Result[]> {
  const lineNos = [...new Set(orders.map(({ lineNo }) => lineNo))].sort((a, b) => a - b);
  const lines = await lockLines(client, lineNos);
  const known = await readKnown(client, orders.map(({ key }) => key));
  const claims = await readClaims(client, orders);
  const made = new Map<string, Entry>();
  const outcomes = orders.map((order): { entry: Entry } | { refused: Problem } => {
    const before = known.get(order.key) ?? made.get(order.key);
    if (before) return isSame(before.order, order) ? { entry: before } : { refused: conflict('planning.budget_key_used', { key: order.key }) };
    const line = lines.get(order.lineNo);
    if (!line) return { refused: notFound('planning.budget_line_not_found', { lineNo: order.lineNo }) };
    const claim = claims.get(claimKey(order.lineNo, order.program)) ?? { reserved: 0n, committed: 0n, spent: 0n };
    const decided = decide(line, claim, order.command);
    if ('refused' in decided) return { refused: refusal(decided, order) };
    lines.set(order.lineNo, { ...line, ...sum(line, decided.change) });
    claims.set(claimKey(order.lineNo, order.program), sum(claim, decided.change));
    const entry = { order, ...decided };
    made.set(order.key, entry);
    return { entry };
  });
  const numbers = await writeEntries(client, [...made.values()], lines, claims, at);
  return outcomes.map((outcome) => {
    if ('refused' in outcome) return outcome;
    const { entry: { order, change, isOver } } = outcome;
    return { done: { entryNo: numbers.get(order.key) ?? known.get(order.key)!.entryNo, change, isOver } };
  });
}

const sum = (a: Amounts, b: Amounts): Amounts => ({ reserved: a.reserved + b.reserved, committed: a.committed + b.committed, spent: a.spent + b.spent });
/** What was released without an amount is the same order, whatever that came to. */
const isSame = (a: BudgetOrder, b: BudgetOrder): boolean =>
  a.lineNo === b.lineNo && a.program === b.program && a.command.kind === b.command.kind && (a.command.amount === b.command.amount || (a.command.kind === 'release' && b.command.amount === null));

function refusal(decided: Extract<Decided, { refused: string }>, { lineNo }: BudgetOrder): Problem {
  const params = { lineNo, free: formatDecimal(decided.free > 0n ? decided.free : 0n) };
  if (decided.refused === 'not_positive') return new Problem('planning.budget_not_positive', { status: 422, fields: [{ path: 'body.amount', code: 'not_positive' }] });
  if (decided.refused === 'too_large') return conflict('planning.budget_too_large', params);
  return conflict(decided.refused === 'over_cap' ? 'planning.budget_over_cap' : 'planning.budget_more_than_held', params);
}

async function lockLines(client: pg.PoolClient, lineNos: readonly number[]): Promise<Map<number, LineState>> {
  const { rows } = await client.query<{ lineNo: number; cap: string; overCap: LineState['overCap']; reserved: string; committed: string; spent: string }>(
    'select line_no as "lineNo", cap, over_cap as "overCap", reserved, committed, spent from budget_line where line_no = any($1::int[]) and closed_at is null order by line_no for update', [lineNos]);
  return new Map(rows.map(({ lineNo, overCap, ...money }) => [lineNo, { overCap, cap: exact(money.cap), ...amountsOf(money) }]));
}

const amountsOf = (row: { reserved: string; committed: string; spent: string }): Amounts => ({ reserved: exact(row.reserved), committed: exact(row.committed), spent: exact(row.spent) });

async function readKnown(client: pg.PoolClient, keys: readonly string[]): Promise<Map<string, Entry & { entryNo: number }>> {
  const { rows } = await client.query<{ entryNo: number; lineNo: number; program: string; key: string; kind: 'reserve'; amount: string; reserved: string; committed: string; spent: string; isOver: boolean }>(
    'select entry_no as "entryNo", line_no as "lineNo", program, key, kind, amount, reserved, committed, spent, is_over as "isOver" from budget_entry where key = any($1::text[])', [keys]);
  return new Map(rows.map(({ entryNo, lineNo, program, key, kind, amount, isOver, ...change }) => [
    key, { entryNo, isOver, change: amountsOf(change), order: { lineNo, program, key, by: '', command: { kind, amount: exact(amount) } } }]));
}

async function readClaims(client: pg.PoolClient, orders: readonly BudgetOrder[]): Promise<Map<string, Amounts>> {
  const { rows } = await client.query<{ lineNo: number; program: string; reserved: string; committed: string; spent: string }>(
    `select line_no as "lineNo", program, reserved, committed, spent from budget_claim
      where (line_no, program) in (select * from unnest($1::int[], $2::text[]))`, [orders.map((order) => order.lineNo), orders.map((order) => order.program)]);
  return new Map(rows.map((row) => [claimKey(row.lineNo, row.program), amountsOf(row)]));
}

/** Entries, claims and lines, a statement each; answers with the entries' numbers by their keys. */
async function writeEntries(client: pg.PoolClient, entries: readonly Entry[], lines: ReadonlyMap<number, LineState>, claims: ReadonlyMap<string, Amounts>, at: Date): Promise<Map<string, number>> {
  if (entries.length === 0) return new Map();
  const column = <T>(of: (entry: Entry) => T): T[] => entries.map(of);
  const money = (name: keyof Amounts) => column(({ change }) => formatDecimal(change[name]));
  const { rows } = await client.query<{ key: string; entryNo: number }>(
    `insert into budget_entry (line_no, program, key, kind, amount, reserved, committed, spent, is_over, by_name, note, at)
      select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[], $9::boolean[], $10::text[], $11::text[], $12::timestamptz[]) returning key, entry_no as "entryNo"`,
    [column(({ order }) => order.lineNo), column(({ order }) => order.program), column(({ order }) => order.key), column(({ order }) => order.command.kind),
      column(({ order, change }) => formatDecimal(order.command.amount ?? -(change.reserved + change.committed))), money('reserved'), money('committed'), money('spent'), column(({ isOver }) => isOver), column(({ order }) => order.by), column(({ order }) => order.note ?? ''), column(({ order }) => order.at ?? at)]);
  const touched = [...new Map(entries.map(({ order }) => [claimKey(order.lineNo, order.program), order])).entries()];
  const claimed = (name: keyof Amounts) => touched.map(([key]) => formatDecimal(claims.get(key)![name]));
  await client.query(
    `insert into budget_claim (line_no, program, reserved, committed, spent) select * from unnest($1::int[], $2::text[], $3::numeric[], $4::numeric[], $5::numeric[])
      on conflict (line_no, program) do update set reserved = excluded.reserved, committed = excluded.committed, spent = excluded.spent`,
    [touched.map(([, order]) => order.lineNo), touched.map(([, order]) => order.program), claimed('reserved'), claimed('committed'), claimed('spent')]);
  const changed = [...new Set(entries.map(({ order }) => order.lineNo))];
  const now = (name: keyof Amounts) => changed.map((lineNo) => formatDecimal(lines.get(lineNo)![name]));
  const owed = new Set(entries.flatMap(({ order: { lineNo, command } }) => (command.kind !== 'release' && command.isOwed ? [lineNo] : [])));
  // Only what is owed makes an overrun greater: anything else that went beyond a cap is refused by the database itself.
  await client.query(
    `update budget_line l set reserved = n.reserved, committed = n.committed, spent = n.spent,
        overrun = case when over_cap <> 'stop' then 0 else least(case when n.is_owed then 'infinity' else overrun end, greatest(0, n.reserved + n.committed + n.spent - cap)) end
      from unnest($1::int[], $2::numeric[], $3::numeric[], $4::numeric[], $5::boolean[]) as n (line_no, reserved, committed, spent, is_owed) where l.line_no = n.line_no`,
    [changed, now('reserved'), now('committed'), now('spent'), changed.map((lineNo) => owed.has(lineNo))]);
  return new Map(rows.map((row) => [row.key, row.entryNo]));
}
