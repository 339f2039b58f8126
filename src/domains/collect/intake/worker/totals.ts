import type pg from 'pg';
import type { MadeFacts } from './make-facts.ts';
import type { IntakeRow } from './intake-rows.ts';

/** What became of the events of a batch. */
export interface BatchOutcome {
  accepted: number;
  duplicates: number;
  setAside: number;
  flagged: number;
}

/** Adds to what the intake has done since ever and in each minute. */
export async function addTotals(client: pg.PoolClient, rows: IntakeRow[], outcome: BatchOutcome): Promise<void> {
  await client.query(`insert into intake_total (name, value) values
      ('accepted', $1), ('duplicates', $2), ('set_aside', $3), ('flagged', $4)
    on conflict (name) do update set value = intake_total.value + excluded.value`,
  [outcome.accepted, outcome.duplicates, outcome.setAside, outcome.flagged]);
  const minutes = new Map<number, number>();
  for (const { receivedAt, eventCount } of rows) {
    const minute = receivedAt.getTime() - (receivedAt.getTime() % 60_000);
    minutes.set(minute, (minutes.get(minute) ?? 0) + eventCount);
  }
  await client.query(`insert into intake_minute (minute, accepted) select * from unnest($1::timestamptz[], $2::int[])
    on conflict (minute) do update set accepted = intake_minute.accepted + excluded.accepted`,
  [[...minutes.keys()].map((ms) => new Date(ms)), [...minutes.values()]]);
  const newest = Math.max(...minutes.keys());
  await client.query('update intake_minute set duplicates = duplicates + $2, set_aside = set_aside + $3 where minute = $1',
    [new Date(newest), outcome.duplicates, outcome.setAside]);
}

/** Counts properties that were taken out because they look personal. */
export async function addFlags(client: pg.PoolClient, flags: MadeFacts['flags']): Promise<void> {
  if (flags.length === 0) return;
  const counts = new Map<string, { eventName: string; property: string; looksLike: string; count: number }>();
  for (const { event, flag } of flags) {
    const key = `${event.name}\0${flag.property}\0${flag.looksLike}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { eventName: event.name, property: flag.property, looksLike: flag.looksLike, count: 1 });
  }
  const rows = [...counts.values()];
  await client.query(`insert into flagged_property (event_name, property, looks_like, occurrences, first_seen_at, last_seen_at)
    select n, p, l, c, now(), now() from unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as f (n, p, l, c)
    on conflict (event_name, property, looks_like)
    do update set occurrences = flagged_property.occurrences + excluded.occurrences, last_seen_at = now()`,
  [rows.map((r) => r.eventName), rows.map((r) => r.property), rows.map((r) => r.looksLike), rows.map((r) => r.count)]);
}
