import type pg from 'pg';
import { alone } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { lineagesOf } from '../../../customers/public.ts';
import { orderKeysOf, ordersOfPeople } from '../orders/found-orders.ts';
import type { Terms } from '../reckon/terms.ts';
import type { EarningDoors } from '../settle-orders.ts';
import { isStillJoining, joinsNow, newBatches, newImports, newJoins, readFactsNow, recentImports } from './news.ts';
import { openBalances } from './open-balances.ts';
import { passOverAll } from './pass.ts';
import { type Position, readPosition, writePosition } from './position.ts';
import { settleAll, settleKeys } from './settle-all.ts';

/** Names the right to do this, one process at a time. */
const lock = 7_031_004;
/** More orders than this are looked at by going over everybody. */
const keysAtMost = 50_000;
const seenKept = 10_000;

/** Follows what was bought and given back; returns true while there is more to do at once. */
export function createRound(doors: EarningDoors, activitiesNow: () => Promise<NonNullable<Terms['activities']>> = async () => []): () => Promise<boolean> {
  const { platform: { pg: pool, clickhouse, clock }, programme } = doors;
  /** Batches of the last moments that were dealt with. */
  let seen: number[] = [];

  const readTerms = async (): Promise<Terms> => ({
    versions: (await programme.versions()).filter(({ startsAt }) => startsAt <= clock.now().getTime()),
    pauses: await programme.pauses(), timeZone: (await readBrand(pool)).timeZone, activities: await activitiesNow(),
  });
  const pass = async (terms: Terms, begun: Position): Promise<void> => {
    await passOverAll({ ...doors, terms, keep: (client, after) => writePosition(client, { ...begun, passAfter: after }) }, begun.passAfter ?? 0);
    await writePosition(pool, { ...begun, passAfter: null });
  };
  /** Everybody is looked at, and what happens from now on is news. */
  const beginPass = async (terms: Terms, now: Date): Promise<void> => {
    const begun: Position = { appliedBefore: now, imports: await recentImports(pool, { appliedBefore: now }), firstVersion: terms.versions[0].versionNo, joinsUpTo: await joinsNow(pool), passAfter: 0 };
    await writePosition(pool, begun);
    await pass(terms, begun);
  };
  const follow = async (terms: Terms, at: Position, now: Date): Promise<boolean> => {
    const imports = await newImports(pool, at);
    const { batches, isMore } = await newBatches(pool, at, seen);
    const { joins, isMore: isMoreJoins } = await newJoins(pool, at);
    const told = [...batches.map(({ batchNo }) => batchNo), ...imports.flatMap(({ batchNos }) => batchNos)];
    const orderKeys = told.length > 0 && !imports.some(({ isUndone }) => isUndone) ? await orderKeysOf(clickhouse, told, keysAtMost + 1) : [];
    if (imports.some(({ isUndone }) => isUndone) || orderKeys.length > keysAtMost || isMoreJoins) {
      await beginPass(terms, now);
      return true;
    }
    await settleKeys(doors, terms, orderKeys);
    if (joins.length > 0) {
      const orders = await ordersOfPeople(clickhouse, [...await numbersOf(pool, joins.map(({ customerNo }) => customerNo))]);
      await openBalances(doors, terms, Map.groupBy(orders, ({ customerNo }) => customerNo));
      await settleAll(doors, terms, { orders, orderKeys: orders.map(({ orderKey }) => orderKey) });
    }
    seen = [...seen, ...batches.map(({ batchNo }) => batchNo)].slice(-seenKept);
    const last = joins.at(-1);
    await writePosition(pool, {
      ...at, appliedBefore: isMore ? batches[batches.length - 1].appliedAt : now, imports: [...await recentImports(pool, at)],
      joinsUpTo: last ? { transactionId: last.transactionId, changeNo: last.changeNo } : at.joinsUpTo,
    });
    return isMore;
  };
  const work = async (): Promise<boolean> => {
    const { isReady, now } = await readFactsNow(pool);
    const terms = await readTerms();
    if (!isReady || terms.versions.length === 0) return false;
    const at = await readPosition(pool);
    if (at?.firstVersion !== terms.versions[0].versionNo) {
      const joinsByItself = terms.versions[terms.versions.length - 1].definition.joining.who !== 'application';
      if (joinsByItself && await isStillJoining(pool)) return false;
      await beginPass(terms, now);
      return true;
    }
    if (at.passAfter !== null) {
      await pass(terms, at);
      return true;
    }
    return follow(terms, at, now);
  };
  return () => alone(pool, lock, work, false);
}

async function numbersOf(pool: pg.Pool, customerNos: readonly number[]): Promise<Set<number>> {
  const lineages = await lineagesOf(pool, customerNos);
  return new Set([...lineages.values()].flat());
}
