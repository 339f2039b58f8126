import type pg from 'pg';
import type { MembershipDoors } from '../part.ts';
import type { Result } from '../ledger/carry-out.ts';
import type { Command } from '../ledger/command.ts';
import type { Version } from '../programme/programme.ts';
import { type Entries, entriesTo, type GrowthEntry, isSame } from './reckon/entries.ts';
import type { FoundOrder, KeptOrder } from './reckon/kept-order.ts';
import { debtLimitOf, EarnedSoFar, type EarningPerson, hasCaps, tierAt } from './reckon/person.ts';
import { extrasOf, type Terms, versionFor } from './reckon/terms.ts';
import { nothingOf, type Wanted, wantedOf } from './reckon/wanted.ts';
import { makeDue, writeGrowth } from './store/growth.ts';
import { readKept, readKeptOf, writeKept } from './store/kept-orders.ts';
import { readPeople } from './store/people.ts';

export type EarningDoors = Pick<MembershipDoors, 'platform' | 'ledger' | 'members' | 'programme'>;

/** The ledger reads accounts of all commands at once: of more it would hold too many. */
const commandsAtOnce = 200;

/** Orders that are to be looked at, and what facts tell of them: nothing of one that is gone. */
export interface Told {
  orderKeys: readonly string[];
  orders: readonly FoundOrder[];
}

/** What an order lacks, and whose it is. */
interface Due {
  entries: Entries;
  person: EarningPerson;
}

/**
 * Brings orders to what they should have earned, in the transaction of `client`: what is wanted is compared with what was kept, and the
 * difference becomes entries of points and growth. The same again changes nothing.
 */
export async function settleOrders(doors: EarningDoors, client: pg.PoolClient, terms: Terms, told: Told): Promise<void> {
  const { platform: { clickhouse, clock, log }, ledger, members } = doors;
  const sold = told.orders.filter(({ customerNo, lines }) => customerNo > 0 && lines.length > 0);
  const kept = await readKept(client, told.orderKeys);
  const known = new Set(sold.map(({ orderKey }) => orderKey));
  const gone = [...kept.values()].filter(({ orderKey, points, growth }) => !known.has(orderKey) && (points !== 0 || growth !== 0));
  const people = await readPeople(client, clickhouse, members, terms, [...new Set([...sold, ...gone].map(({ customerNo }) => customerNo))]);
  const due = reckonDue(sold, gone, people, kept, await readSoFar(client, people, terms), terms, clock.now().getTime());
  const results = await carryOutAll(ledger, client, due.flatMap(({ entries }) => entries.commands));
  const rows: KeptOrder[] = [];
  const growth: GrowthEntry[] = [];
  const grown = new Set<number>();
  for (const { entries, person } of due) {
    const shortfalls: number[] = [];
    const own = results.splice(0, entries.commands.length);
    for (const result of own) {
      if ('done' in result) shortfalls.push(result.done.shortfall);
      else log.error({ err: result.refused, order: entries.kept([]).orderKey }, 'an order could not be brought to what it should have earned');
    }
    if (shortfalls.length < own.length) continue;
    rows.push(entries.kept(shortfalls));
    growth.push(...entries.growth);
    if (entries.growth.length > 0) person.numbers.forEach((no) => grown.add(no));
  }
  await writeKept(client, rows);
  await writeGrowth(client, growth, clock.now());
  await makeDue(client, [...grown], clock.now());
}

function reckonDue(orders: readonly FoundOrder[], gone: readonly KeptOrder[], people: ReadonlyMap<number, EarningPerson>, kept: ReadonlyMap<string, KeptOrder>, soFar: EarnedSoFar, terms: Terms, now: number): Due[] {
  const due: Due[] = [];
  const meet = (person: EarningPerson, version: Version, before: KeptOrder | undefined, wanted: Wanted): void => {
    if (isSame(before, wanted)) return;
    const rules = { points: version.definition.points, debtLimit: debtLimitOf(person, version), timeZone: terms.timeZone, now };
    due.push({ entries: entriesTo(before, wanted, rules), person });
    if (!before) soFar.add(person.numbers[0], wanted.order);
  };
  const versionOf = (before: KeptOrder): Version | undefined => terms.versions.find(({ versionNo }) => versionNo === before.versionNo);
  for (const before of gone) {
    const [person, version] = [people.get(before.customerNo), versionOf(before)];
    if (person && version) meet(person, version, before, nothingOf(before));
  }
  for (const order of orders.toSorted((a, b) => a.placedAt - b.placedAt || (a.orderKey < b.orderKey ? -1 : 1))) {
    const [person, before] = [people.get(order.customerNo), kept.get(order.orderKey)];
    // What was earned keeps its version, whoever left since.
    const version = person && (before ? versionOf(before) : versionFor(order.placedAt, person.memberships, terms));
    if (!version) continue;
    meet(person, version, before, wantedOf(order, before, version, {
      buyer: () => ({ tier: tierAt(person, order.placedAt, version.definition), birthDate: person.birthDate }),
      before: () => soFar.before(person.numbers[0], order, before), timeZone: terms.timeZone,
      extras: ({ tier }) => extrasOf(order, tier, terms),
    }));
  }
  return due;
}

async function carryOutAll(ledger: EarningDoors['ledger'], client: pg.PoolClient, commands: readonly Command[]): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < commands.length; from += commandsAtOnce) results.push(...(await ledger.carryOut(client, commands.slice(from, from + commandsAtOnce))));
  return results;
}

async function readSoFar(client: pg.PoolClient, people: ReadonlyMap<number, EarningPerson>, { versions, timeZone }: Terms): Promise<EarnedSoFar> {
  const soFar = new EarnedSoFar(timeZone);
  if (!hasCaps(versions)) return soFar;
  const rootOf = new Map([...people.values()].flatMap(({ numbers }) => numbers.map((no) => [no, numbers[0]] as const)));
  for (const order of await readKeptOf(client, [...rootOf.keys()])) soFar.add(rootOf.get(order.customerNo) ?? order.customerNo, order);
  return soFar;
}
