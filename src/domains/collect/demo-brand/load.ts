import type pg from 'pg';
import { conflict } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { type AskThread, createAskThread } from '../../../platform/threads/ask-thread.ts';
import { writeBrand } from '../../../platform/settings.ts';
import { reserveCustomerNumbers, type CustomerWriter } from '../../customers/public.ts';
import { demoBrand, demoBrandName } from '../demo/brand.ts';
import type { DemoProduct } from '../demo/records.ts';
import type { FreshBatch } from '../facts/apply.ts';
import type { FactLog } from '../facts/fact-log.ts';
import { demoCurrency } from './facts.ts';
import type { MadePortion, PortionQuestion } from './portion.ts';
import { readProgress, writeProgress, type DemoProgress } from './progress.ts';

/** What the demonstration brand needs of the rest of the product. */
export interface DemoDoors {
  facts: Pick<FactLog, 'reserve' | 'seal' | 'apply'>;
  customers: CustomerWriter;
  /** Writes the products, in the caller's transaction. */
  writeProducts(client: pg.PoolClient, products: readonly DemoProduct[], describedAt: Date): Promise<void>;
  /** Makes what is computed from facts and copied from PostgreSQL follow. */
  refresh(): Promise<void>;
  /** What other domains add once all of it is there, in their order. */
  additions: readonly AddToDemo[];
}

/** Adds something to the brand, in the transaction that says so: exactly once. */
export type AddToDemo = (client: pg.PoolClient, history: DemoHistory) => Promise<void>;

/** Between which moments the brand's customers bought, ms since 1970. */
export interface DemoHistory {
  startMs: number;
  endMs: number;
}

export interface DemoOptions {
  customers?: number;
  seed?: number;
  /** The history ends here. */
  endMs?: number;
  /** Customers of a portion; few enough that their facts fit easily into memory. */
  customersAtOnce?: number;
}

const lock = 7_233_405;

/** True when nobody has brought anything in: no customers, no facts, no files. */
export async function isEmpty(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ used: boolean }>(`select exists (select from customer) or exists (select from fact_batch)
    or exists (select from intake_batch) or exists (select from import_run) as used`);
  return !rows[0].used;
}

/** True when there is a demonstration brand to load: nothing is there yet, or a crash ended a load half way. */
export async function wantsDemo(pool: pg.Pool): Promise<boolean> {
  const progress = await readProgress(pool);
  return progress ? progress.state !== 'done' : isEmpty(pool);
}

/**
 * Puts the demonstration brand into an empty deployment, each customer with all facts exactly once: customers
 * and facts of a portion are committed together with the note of how far the load is, and a load that was cut
 * off goes on there. To be called by the process that writes the fact log.
 * Throws `collect.demo_not_empty` where there is anything else, the loaded demonstration brand included.
 */
export async function loadDemo(platform: Platform, doors: DemoDoors, options: DemoOptions = {}): Promise<DemoProgress> {
  const holder = await platform.pg.connect();
  try {
    await holder.query('select pg_advisory_lock($1)', [lock]);
    const begun = await begin(platform, doors, options);
    return await add(platform, doors, begun.state === 'adding' ? begun : await load(platform, doors, begun, options.customersAtOnce ?? 4_000));
  } finally {
    await holder.query('select pg_advisory_unlock($1)', [lock]).catch(() => {});
    holder.release();
  }
}

/** What is to be loaded: what was begun, or else what is asked for. */
async function begin(platform: Platform, doors: DemoDoors, options: DemoOptions): Promise<DemoProgress> {
  const begun = await readProgress(platform.pg);
  if (begun && begun.state !== 'done') return begun;
  if (begun || !(await isEmpty(platform.pg))) throw conflict('collect.demo_not_empty');
  const { customers = 20_000, seed = 20_240_618, endMs = platform.clock.now().getTime() } = options;
  const progress: DemoProgress = { state: 'loading', seed, endMs, customers, loaded: 0, added: 0 };
  await inTransaction(platform.pg, async (client) => {
    await writeProgress(client, progress);
    await writeBrand(client, { name: demoBrandName, timeZone: 'Asia/Shanghai', currency: demoCurrency });
    await doors.writeProducts(client, demoBrand(progress).products, new Date(endMs));
  });
  return progress;
}

async function load(platform: Platform, doors: DemoDoors, progress: DemoProgress, customersAtOnce: number): Promise<DemoProgress> {
  const { seed, customers, endMs } = progress;
  const make: MakePortion = createAskThread(new URL('portion-thread.ts', import.meta.url), { seed, customers, endMs });
  try {
    await loadPortions(doors, progress, (from) =>
      (from < customers ? portion(platform.pg, doors, make, from, Math.min(from + customersAtOnce, customers)) : undefined));
  } finally {
    await make.end();
  }
  await doors.refresh();
  const loaded: DemoProgress = { ...progress, state: 'adding', loaded: customers };
  await writeProgress(platform.pg, loaded);
  return loaded;
}

/** Each addition is a transaction, so that a start that is cut off goes on with the next. */
async function add(platform: Platform, { additions }: DemoDoors, loaded: DemoProgress): Promise<DemoProgress> {
  const { startMs, endMs } = demoBrand(loaded);
  let progress = loaded;
  for (const addition of additions.slice(loaded.added)) {
    progress = await inTransaction(platform.pg, async (client) => {
      await addition(client, { startMs, endMs });
      const next = { ...progress, added: progress.added + 1 };
      await writeProgress(client, next);
      return next;
    });
  }
  progress = { ...progress, state: 'done' };
  await writeProgress(platform.pg, progress);
  return progress;
}

async function loadPortions(doors: DemoDoors, progress: DemoProgress, portionFrom: (from: number) => Promise<Portion> | undefined): Promise<void> {
  let applied: Promise<void> = Promise.resolve();
  let next = portionFrom(progress.loaded);
  while (next) {
    const made = await next;
    // While PostgreSQL takes this portion and ClickHouse the one before, the next is made.
    next = portionFrom(made.to);
    next?.catch(() => {});
    const batch = await seal(doors, progress, made);
    await applied;
    if (batch) applied = doors.facts.apply(batch);
    applied.catch(() => {});
  }
  await applied;
}

const seal = (doors: DemoDoors, progress: DemoProgress, portion: Portion): Promise<FreshBatch | null> =>
  doors.facts.seal(async (client, append) => {
    await doors.customers.write(client, portion.people, demoBrandName);
    await append(portion.frames);
    await writeProgress(client, { ...progress, loaded: portion.to });
  });

type MakePortion = AskThread<PortionQuestion, MadePortion>;

interface Portion extends MadePortion {
  /** The first customer after this portion. */
  to: number;
}

async function portion(pool: pg.Pool, doors: DemoDoors, make: MakePortion, from: number, to: number): Promise<Portion> {
  const [[batchNo], firstNo] = await Promise.all([doors.facts.reserve(), reserveCustomerNumbers(pool, to - from)]);
  const { people, frames } = await make({ from, to, batchNo, firstNo });
  // A thread hands bytes over as an array of them.
  return { to, people, frames: frames.map((frame) => ({ ...frame, body: Buffer.from(frame.body) })) };
}
