import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { HeldDataSource, TimelineEntry, TimelineSource } from '../../customers/public.ts';
import type { FactLog } from '../facts/fact-log.ts';
import { eventsOfPerson, countEventsOfPerson, type PersonEvent } from './events-of-person.ts';
import { knownEventLabel } from './known-events.ts';

const endOfTime = { at: new Date('2299-12-31T00:00:00Z'), id: '' };
const pageSize = 1_000;
const shownProperties = 4;

const moment = (at: Date): string => at.toISOString().replace('T', ' ').replace('Z', '');

/** What trackers sent about a person, for their timeline. */
export const eventTimeline = ({ clickhouse }: Platform): TimelineSource => ({
  kinds: ['event'],
  async page(customerNos, before, limit) {
    const { at, id } = before.event ?? endOfTime;
    const found = await ask(clickhouse, eventsOfPerson, { customerNos: [...customerNos], before: moment(at), beforeId: id, limit });
    return found.map(entryOf);
  },
});

function entryOf(event: PersonEvent): TimelineEntry {
  const facts = Object.entries(JSON.parse(event.properties) as Record<string, unknown>)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .slice(0, shownProperties)
    .map(([label, value]) => ({ label, value: String(value).slice(0, 120), unit: 'text' as const }));
  return {
    kind: 'event',
    id: event.id,
    at: event.at,
    text: (event.kind === 'track' && knownEventLabel(event.name)) || `collect:timeline.${event.kind}`,
    params: { name: event.name, channel: event.channel, source: event.source },
    facts,
  };
}

const eraseQueue = 'collect.erase-facts';

/** Deletes facts of all kinds by the process that writes them: it is handed over here and done within seconds, also after a crash. */
export function factEraser({ jobs }: Platform, facts: FactLog): (customerNos: number[]) => Promise<void> {
  jobs.work<{ customerNos: number[] }>(eraseQueue, ({ customerNos }) => facts.erase(customerNos), { retries: 1_000 });
  return (customerNos) => jobs.later(eraseQueue, { customerNos }, { key: customerNos.join() });
}

/** A person's events, for export and erasure. */
export function heldEvents({ clickhouse }: Platform, eraseFacts: (customerNos: number[]) => Promise<void>): HeldDataSource {
  const count = async (customerNos: readonly number[]) => (await ask(clickhouse, countEventsOfPerson, { customerNos: [...customerNos] }))[0].events;
  return {
    name: 'event',
    count: ({ customerNos }) => count(customerNos),
    async *export({ customerNos }) {
      for (let place = endOfTime; ;) {
        const page = await ask(clickhouse, eventsOfPerson, { customerNos: [...customerNos], before: moment(place.at), beforeId: place.id, limit: pageSize });
        for (const { properties, ...event } of page) yield { ...event, properties: JSON.parse(properties) as unknown };
        if (page.length < pageSize) return;
        const last = page[page.length - 1];
        place = { at: new Date(last.at), id: last.id };
      }
    },
    async erase({ customerNos }) {
      const events = await count(customerNos);
      await eraseFacts([...customerNos]);
      return events;
    },
  };
}
