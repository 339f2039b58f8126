import { Book, type NextNo } from '../../ledger/decide/book.ts';
import { decide } from '../../ledger/decide/decide.ts';
import { settle } from '../../ledger/decide/settle.ts';
import type { Command, Earn } from '../../ledger/command.ts';
import { type Changes, noChanges, type Person } from '../../ledger/person.ts';
import type { Version } from '../../programme/programme.ts';
import { advance } from '../../tiers/rules/advance.ts';
import type { Growth, TierLife } from '../../tiers/rules/life.ts';
import { entriesTo, type GrowthEntry, isSame, validityOf } from '../reckon/entries.ts';
import type { FoundOrder, KeptOrder } from '../reckon/kept-order.ts';
import { asksFor, EarnedSoFar, hasCaps } from '../reckon/person.ts';
import { extrasOf, type Membership, type Terms, versionFor } from '../reckon/terms.ts';
import { wantedOf } from '../reckon/wanted.ts';
import type { Refund } from '../rules/order.ts';
import { nothingBefore } from '../rules/points.ts';

/** Somebody of whom nothing is written yet, and all that they bought. */
export interface Newcomer {
  customerNo: number;
  memberships: readonly Membership[];
  birthDate: string | null;
  orders: readonly FoundOrder[];
}

/** What their history comes to, in rows that are to be written. */
export interface History {
  person: Person;
  changes: Changes;
  orders: { kept: KeptOrder; of: { missed: number } }[];
  growth: GrowthEntry[];
  /** The balance they began with, where history counts as one. */
  opening: Opening | null;
}
export interface Opening {
  customerNo: number;
  points: number;
  growth: number;
}

interface Step {
  at: number;
  command: Command;
  /** The order that has to know what could not be taken. */
  of: { missed: number } | null;
}

/**
 * Lives through somebody's orders and returns in the order of time, by the decisions the ledger makes: what had ended by a return is not
 * taken from what was earned later, and everything stands at its own moment. Nothing is read and nothing is written.
 */
export function replay(newcomer: Newcomer, terms: Terms, nextNo: NextNo, now: number): History {
  const { customerNo } = newcomer;
  const history = emptyHistory(customerNo);
  const book = new Book(history.person, history.changes, nextNo);
  const opening = openingOf(newcomer, terms);
  const steps: Step[] = opening ? openWith(history, opening, terms) : [];
  steps.push(...stepsOf(newcomer, terms, history, now));
  live(book, steps, now);
  return history;
}

/** Carries out what happened, each at its moment, and brings it up to another. */
function live(book: Book, steps: readonly Step[], now: number): void {
  for (const { at, command, of } of steps.toSorted((a, b) => a.at - b.at)) {
    const { shortfall } = decide(book, command, at);
    if (of) of.missed += shortfall;
  }
  settle(book, now);
}

const emptyHistory = (customerNo: number): History => ({
  person: { accounts: [customerNo], oneSince: -Infinity, lots: new Map(), holds: new Map(), debts: new Map(), reversible: new Map() }, changes: noChanges(), orders: [], growth: [], opening: null,
});

function stepsOf({ customerNo, memberships, birthDate, orders }: Newcomer, terms: Terms, history: History, now: number): Step[] {
  // Only caps ask for it.
  const soFar = hasCaps(terms.versions) ? new EarnedSoFar(terms.timeZone) : null;
  const tier = asksFor(terms.versions, 'tier') ? tierAlong(memberships, terms, history.growth) : () => null;
  return orders.toSorted((a, b) => a.placedAt - b.placedAt || (a.orderKey < b.orderKey ? -1 : 1)).flatMap((order): Step[] => {
    const version = order.lines.length === 0 ? null : versionFor(order.placedAt, memberships, terms);
    if (!version) return [];
    const held = tier(order.placedAt) ?? version.definition.tiers[0].key;
    const debtLimit = version.definition.tiers.find(({ key }) => key === held)?.debtLimit ?? 0;
    const circumstances = { buyer: () => ({ tier: held, birthDate }), before: () => soFar?.before(customerNo, order, undefined) ?? nothingBefore, timeZone: terms.timeZone,
      extras: () => extrasOf(order, held, terms) };
    // At every moment of a history it is that moment: nothing has ended before its time.
    const rules = { points: version.definition.points, debtLimit, timeZone: terms.timeZone, now: -Infinity };
    const steps: Step[] = [];
    const of = { missed: 0 };
    let kept: KeptOrder | undefined;
    for (const refunds of prefixesOf(order.refunds)) {
      const wanted = wantedOf({ ...order, refunds }, kept, version, circumstances);
      if (isSame(kept, wanted)) continue;
      if (!kept) soFar?.add(customerNo, wanted.order);
      const entries = entriesTo(kept, wanted, rules);
      steps.push(...entries.commands.map((command) => ({ at: Math.min(now, command.occurredAt), command, of })));
      history.growth.push(...entries.growth);
      kept = entries.kept([]);
    }
    if (kept) history.orders.push({ kept, of });
    return steps;
  });
}

/** What had come back at each moment at which something did, nothing first. */
function prefixesOf(refunds: readonly Refund[]): (readonly Refund[])[] {
  const moments = [...new Set(refunds.map(({ at }) => at))].sort((a, b) => a - b);
  return [[], ...moments.map((moment) => refunds.filter(({ at }) => at <= moment))];
}

/** Which tier somebody had reached at one moment after the other, by what they had grown until then. */
function tierAlong(memberships: readonly Membership[], { versions, pauses, timeZone }: Terms, grown: readonly GrowthEntry[]): (moment: number) => string | null {
  const joinedAt = Math.min(...memberships.map((membership) => membership.joinedAt));
  let life: TierLife | null = null;
  return (moment) => {
    const growth = grown.map(({ occurredAt, amount }, no): Growth => ({ at: occurredAt, amount, no })).filter(({ at }) => at < moment).sort((a, b) => a.at - b.at);
    life = advance(life, { joinedAt, growth, grants: [] }, { versions, pauses, timeZone }, moment)?.life ?? null;
    return life?.tier ?? null;
  };
}

/** What was bought before the first version comes to at its beginning, where it counts as a balance; null where it counts order by order, or comes to nothing. */
export function openingOf(newcomer: Newcomer, terms: Terms): Opening | null {
  const [first] = terms.versions;
  if (first?.definition.settlement !== 'opening_balances' || !isThereFrom(newcomer.memberships, first)) return null;
  const before = { ...first, startsAt: -Infinity, definition: { ...first.definition, joining: { ...first.definition.joining, counts: 'everything' as const } } };
  const orders = newcomer.orders.filter(({ placedAt }) => placedAt < first.startsAt)
    .map((order) => ({ ...order, refunds: order.refunds.filter(({ at }) => at < first.startsAt) }));
  const memberships = [{ joinedAt: -Infinity, leftAt: null }];
  let no = 0;
  const history = emptyHistory(newcomer.customerNo);
  const book = new Book(history.person, history.changes, () => ++no);
  const steps = stepsOf({ ...newcomer, memberships, orders }, { ...terms, versions: [before], pauses: [] }, history, first.startsAt);
  live(book, steps, first.startsAt);
  const { lots, debts } = history.person;
  const points = sum([...lots.values()].map(({ remaining }) => remaining)) - sum([...debts.values()].map(({ remaining }) => remaining));
  const growth = sum(history.growth.map(({ amount }) => amount));
  return points > 0 || growth > 0 ? { customerNo: newcomer.customerNo, points: Math.max(0, points), growth: Math.max(0, growth) } : null;
}

/** Whoever was a member when the programme began, or whose past counts in any case. */
const isThereFrom = (memberships: readonly Membership[], { startsAt, definition: { joining } }: Version): boolean =>
  memberships.some(({ joinedAt }) => joinedAt <= startsAt || joining.counts === 'everything');

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** A balance to begin with, as one earning of the moment the programme began. */
export function openingEntries({ customerNo, points, growth }: Opening, { startsAt, versionNo, definition }: Version, timeZone: string): { commands: Earn[]; growth: GrowthEntry[] } {
  const base = { customerNo, occurredAt: startsAt, key: `opening ${customerNo}`, derivation: { reason: 'opening', versionNo } };
  const validity = validityOf(startsAt, { points: { ...definition.points, pendingDays: 0 }, timeZone });
  return {
    commands: points === 0 ? [] : [{ ...base, kind: 'earn', amount: points, ...validity }],
    growth: growth === 0 ? [] : [{ ...base, kind: 'opening', amount: growth }],
  };
}

function openWith(history: History, opening: Opening, { versions: [first], timeZone }: Terms): Step[] {
  const { commands, growth } = openingEntries(opening, first, timeZone);
  history.opening = opening;
  history.growth.push(...growth);
  return commands.map((command) => ({ at: first.startsAt, command, of: null }));
}
