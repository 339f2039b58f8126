import type pg from 'pg';
import { createAskThread } from '../../../../platform/threads/ask-thread.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { takeBlocks } from '../../ledger/store/numbers.ts';
import { readNewPeople } from '../history/new-people.ts';
import type { HistoryAnswer, HistoryQuestion, HistorySetting, LivedPeople, NextPeople } from '../history/question.ts';
import { writeHistories } from '../history/write-histories.ts';
import { splitOrders } from '../orders/found-orders.ts';
import type { Terms } from '../reckon/terms.ts';
import { readKeysBetween } from '../store/kept-orders.ts';
import type { EarningDoors } from '../settle-orders.ts';
import { openBalances } from './open-balances.ts';
import { settleAll, settleKeys } from './settle-all.ts';

export interface PassDoors extends EarningDoors {
  terms: Terms;
  /** Remembers up to which number everybody was looked at. */
  keep(client: pg.Pool | pg.PoolClient, after: number): Promise<void>;
}

/**
 * Looks at the orders of everybody after a number, in the order of customers: those that facts tell of, and those that earned something
 * and are gone. Of whom nothing is written yet the whole history is written at once; what that takes to work out, a thread does, while the
 * people before are written. Stopped at any moment it goes on from where it was.
 */
export async function passOverAll(doors: PassDoors, after: number): Promise<void> {
  const { platform: { pg: pool, clickhouse, clock }, terms } = doors;
  const split = await splitOrders(clickhouse);
  const setting: HistorySetting = { terms, after, split };
  const ask = createAskThread<HistoryQuestion, HistoryAnswer>(new URL('../history/thread.ts', import.meta.url), { ...setting, address: clickhouse.address }, { maxYoungGenerationSizeMb });
  const next = (): Promise<NextPeople> => watched(ask({ kind: 'next' }) as Promise<NextPeople>);
  const live = async ({ until, customerNos, numbers }: NextPeople): Promise<LivedPeople> =>
    (await ask({ kind: 'live', until, newcomers: await readNewPeople(pool, customerNos), blocks: await takeBlocks(pool, numbers), now: clock.now().getTime() })) as LivedPeople;
  try {
    let [from, writing, upcoming] = [after, Promise.resolve(), next()];
    for (let isLast = false; !isLast;) {
      const people = await upcoming;
      isLast = people.isLast;
      if (!isLast) upcoming = next();
      const lived = await live(people);
      await writing;
      writing = watched(settleRange(doors, { from, people, lived, live, split: new Set(split) }));
      from = people.until;
    }
    await writing;
  } finally {
    await ask.end();
  }
  await settleKeys(doors, terms, split);
}

/** Orders, rows and what they are made of live for a batch. */
const maxYoungGenerationSizeMb = 96;

/** A failure is told where it is waited for. */
function watched<T>(work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return work;
}

interface Range {
  from: number;
  people: NextPeople;
  lived: LivedPeople;
  live(people: NextPeople): Promise<LivedPeople>;
  split: ReadonlySet<string>;
}

async function settleRange(doors: PassDoors, { from, people, lived: given, live, split }: Range): Promise<void> {
  const { platform: { pg: pool, clock }, terms, keep } = doors;
  const kept = await readKeysBetween(pool, from, people.until);
  let lived = given;
  const isAll = (): boolean => kept.length === 0 && lived.others.length === 0;
  const write = async (client: pg.PoolClient): Promise<boolean> => {
    const isWritten = await writeHistories(client, lived, clock.now());
    if (isWritten && isAll()) await keep(client, people.until);
    return isWritten;
  };
  while (!(await writeAll(pool, write))) lived = await live(people);
  if (isAll()) return;
  await openBalances(doors, terms, Map.groupBy(lived.others, ({ groupNo }) => groupNo));
  const keys = new Set([...lived.others.map(({ orderKey }) => orderKey), ...kept]);
  await settleAll(doors, terms, { orders: lived.others, orderKeys: [...keys].filter((orderKey) => !split.has(orderKey)) });
  await keep(pool, people.until);
}

/** Nothing stays of what answers false. */
async function writeAll(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<boolean>): Promise<boolean> {
  const undone = new Error('not all of it could be written');
  return inTransaction(pool, async (client) => {
    if (!(await work(client))) throw undone;
    return true;
  }).catch((error: unknown) => {
    if (error === undone) return false;
    throw error;
  });
}
