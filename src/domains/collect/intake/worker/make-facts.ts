import type pg from 'pg';
import { type EventFact, eventRows } from '../../facts/event-rows.ts';
import { orderLineRows } from '../../facts/order-line-rows.ts';
import type { FrameRows } from '../../facts/frame.ts';
import type { Refusal } from '../events/set-aside-reason.ts';
import type { Bag } from '../events/tracking-call.ts';
import { consentsOf, withoutConsents } from './consent-events.ts';
import type { TrackedEvent } from './decode.ts';
import type { IntakeDoors } from './doors.ts';
import { channelOf, gatherClaims } from './identity-claims.ts';
import { type DraftLine } from './orders/order-events.ts';
import { readSales } from './orders/sales.ts';
import { looksLike } from './personal/looks-like.ts';
import { type Flag, splitProperties } from './personal/split-properties.ts';

/** What is the same for a whole batch. */
export interface BatchSettings {
  /** Names of properties that are personal, as `plainName` writes them. */
  personalNames: ReadonlySet<string>;
  /** For orders that do not say theirs. */
  currency: string;
  /** Names of the write keys. */
  sources: ReadonlyMap<number, string>;
}

/** The facts of a batch, not yet sealed, and what else it said. */
export interface MadeFacts {
  rows: Omit<FrameRows, 'add'>[];
  /** Whose orders changed. */
  buyers: number[];
  flags: { event: TrackedEvent; flag: Flag }[];
  refused: Map<TrackedEvent, Refusal>;
  /** Events of people who were erased: dropped without a trace. */
  erased: number;
  events: number;
}

/**
 * Makes facts of events, within the caller's transaction: finds out whose they are, moves what is personal into the
 * vault, takes consent, products and orders out of them. Events must not have come before.
 */
export async function makeFacts(client: pg.PoolClient, doors: IntakeDoors, settings: BatchSettings, batchNo: number, events: TrackedEvent[]): Promise<MadeFacts> {
  const { identities, profiles, consents } = doors.customers;
  const { claims, claimOf } = gatherClaims(events);
  const customers = await identities.resolve(client, claims);
  const ownerOf = new Map(events.map((event, i) => [event, customers[claimOf[i]]]));
  const kept = events.filter((event) => ownerOf.get(event) !== 0);
  const sales = await readSales(client, kept);

  const eventFacts = eventRows(batchNo);
  const lineFacts = orderLineRows(batchNo);
  const buyers = new Set<number>();
  const traits: Parameters<typeof profiles.applyTraits>[1][number][] = [];
  const said: Parameters<typeof consents.record>[1][number][] = [];
  const flags: MadeFacts['flags'] = [];
  for (const event of kept) {
    if (sales.refused.has(event)) continue;
    const customerNo = ownerOf.get(event) ?? 0;
    const split = splitProperties(propertiesOf(event), settings.personalNames);
    const source = settings.sources.get(event.row.writeKeyId) ?? '';
    eventFacts.add(eventFact(event, customerNo, split.facts, source));
    const inName = looksLike(event.name);
    if (inName) flags.push({ event: { ...event, name: namelessName }, flag: { property: 'event', looksLike: inName } });
    for (const flag of split.flags) flags.push({ event, flag });
    said.push(...consentsOf(event, customerNo));
    const profile = event.type === 'identify' ? withoutConsents(event.traits) : split.personal;
    if (hasKeys(profile)) traits.push({ customerNo, traits: profile, at: new Date(event.occurredAtMs) });
    for (const [index, line] of (sales.lines.get(event) ?? []).entries()) {
      lineFacts.add(lineFact(event, index, line, customerNo, source, settings.currency));
      buyers.add(customerNo);
    }
  }
  await profiles.applyTraits(client, traits);
  await consents.record(client, said);
  if (sales.products.length > 0) await doors.upsertProducts(client, sales.products);
  return {
    rows: [eventFacts, lineFacts].filter((rows) => rows.rowCount > 0),
    buyers: [...buyers],
    flags,
    refused: sales.refused,
    erased: events.length - kept.length,
    events: eventFacts.rowCount,
  };
}

function hasKeys(bag: Bag): boolean {
  for (const _ in bag) return true;
  return false;
}

/** What of a call describes what happened; traits of a person are a profile's matter. */
function propertiesOf({ type, properties, context, groupId, traits }: TrackedEvent): Bag {
  const { campaign } = context as { campaign?: unknown };
  if (type === 'identify' || type === 'alias') return campaign ? { campaign } : {};
  if (type === 'group') return { group_id: groupId, ...traits };
  return campaign && properties.campaign === undefined ? { ...properties, campaign } : properties;
}

/** Instead of a name that holds a person's address or number: names are facts, lists and charts. */
const namelessName = '(name left out)';

const eventFact = (event: TrackedEvent, customerNo: number, properties: string, source: string): EventFact => ({
  eventId: event.eventId,
  customerNo,
  occurredAtMs: event.occurredAtMs,
  receivedAtMs: event.receivedAtMs,
  kind: event.type,
  name: looksLike(event.name) ? namelessName : event.name,
  properties,
  channel: channelOf(event),
  source,
});

const lineFact = (event: TrackedEvent, index: number, line: DraftLine, customerNo: number, source: string, currency: string) => ({
  ...line,
  currency: line.currency || currency,
  factId: BigInt.asUintN(64, BigInt(`0x${event.eventId.slice(0, 16)}`) + BigInt(index)),
  customerNo,
  occurredAtMs: event.occurredAtMs,
  source,
});
