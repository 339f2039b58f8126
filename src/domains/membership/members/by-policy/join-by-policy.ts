import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { Programme } from '../../programme/programme.ts';
import { ensureJoined, type Joining } from '../join.ts';
import { admitted, changedSince, knownCandidates, mergedNumbers, readSeen } from './candidates.ts';
import { type Policy, policyAt } from './policy.ts';

/** Numbers of customers that are joined by one transaction. */
const numbersAtOnce = 500_000;
const peopleAtOnce = 5_000;

const seen = z.object({ customers: z.number(), summaries: z.number(), rows: z.number() });
const position = z.object({
  policy: z.string(),
  /** Up to which number everybody was looked at; null when all were. */
  after: z.number().nullable(),
  /** What had been seen when that began, or at the last look since. */
  seen,
});
type Position = z.infer<typeof position>;

/**
 * Makes members of whom the policy in force lets in: everybody there is at first, by ranges of numbers, then whom anything new is known of.
 * Returns true while there is more to do. Stopped at any moment it goes on from where it was; whoever is a member stays as they are.
 */
export async function joinByPolicy(platform: Platform, programme: Programme): Promise<boolean> {
  const { pg: pool, clock, reader } = platform;
  const policy = policyAt(await programme.versions(), clock.now().getTime());
  if (policy === null) return false;
  const now = await readSeen(reader);
  return inTransaction(pool, async (client) => {
    const before = await takeUp(client);
    if (before === undefined) return false;
    const at = before?.policy === policy.key ? before : { policy: policy.key, after: 0, seen: now };
    if (at.after === null) return joinChanged(platform, client, policy, at, now);
    const until = at.after + numbersAtOnce;
    await joinRange(platform, client, policy, at.after, until);
    const isLast = until >= now.highest;
    if (isLast) await joinNumbers(platform, client, policy, await mergedNumbers(reader));
    await keep(client, { ...at, after: isLast ? null : until });
    return !isLast;
  });
}

async function joinChanged(platform: Platform, client: pg.PoolClient, policy: Policy, at: Position, now: Position['seen']): Promise<boolean> {
  if (JSON.stringify(at.seen) === JSON.stringify(seen.parse(now))) return false;
  const numbers = await changedSince(platform.reader, at.seen);
  if (numbers !== null) await joinNumbers(platform, client, policy, numbers);
  await keep(client, { ...at, after: numbers === null ? 0 : null, seen: seen.parse(now) });
  return numbers === null;
}

/** Since when somebody agrees to what the policy asks for. */
const agreedSql = `(select min(at) filter (where granted and at > coalesce(refused_at, '-infinity')) from (
  select granted, at, max(at) filter (where not granted) over () as refused_at from consent c where c.customer_no = j.customer_no and c.channel = $6 and c.purpose = $7) as said)`;

/** Everybody of a range whom the policy lets in, in one stream from store to store. */
async function joinRange({ reader, clock }: Platform, client: pg.PoolClient, policy: Policy, after: number, until: number): Promise<void> {
  await client.query('create temporary table joining (customer_no integer, at bigint) on commit drop');
  await pipeline(Readable.from(admitted(reader, policy, after, until)), client.query(copyFrom('copy joining from stdin')));
  const { joining: { consent }, versions } = policy;
  await client.query(
    `with moments as (select customer_no, greatest(to_timestamp(at / 1000.0), ${consent === null ? "'-infinity'" : agreedSql}) as at from joining j),
      joined as (
        insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
        select customer_no, m.at, 'policy', v.tier, m.at, m.at, v.version_no
          from moments m cross join lateral (select * from unnest($1::int[], $2::text[], $3::timestamptz[]) as v (version_no, tier, starts_at)
            order by starts_at <= m.at desc, case when starts_at <= m.at then starts_at end desc, starts_at limit 1) v order by customer_no
        on conflict (customer_no) do nothing returning customer_no, joined_at, tier, version_no)
      insert into tier_change (customer_no, kind, to_tier, cycle_start, occurred_at, recorded_at, version_no, derivation)
        select customer_no, 'join', tier, joined_at, joined_at, $4, version_no, $5 from joined`,
    [
      versions.map(({ versionNo }) => versionNo), versions.map(({ definition }) => definition.tiers[0].key), versions.map(({ startsAt }) => new Date(startsAt)), clock.now(),
      JSON.stringify({ reason: 'joined', way: 'policy' }), ...(consent === null ? [] : [consent.channel, consent.purpose]),
    ]);
}

/** People by their numbers, merged or not. */
async function joinNumbers({ reader, clock }: Platform, client: pg.PoolClient, { joining: { who }, since, versions }: Policy, numbers: readonly number[]): Promise<void> {
  const { rows } = await client.query<{ no: number }>('select no from unnest($1::int[]) as n (no) where not exists (select from member where customer_no = no and left_at is null) order by no', [numbers]);
  for (let from = 0; from < rows.length; from += peopleAtOnce) {
    const known = await knownCandidates(reader, rows.slice(from, from + peopleAtOnce).map(({ no }) => no));
    const asked = known.flatMap(({ customerNo, channel, seenAt, orderedAt }): Joining[] => {
      const moment = who === 'everybody' ? seenAt : orderedAt;
      return moment === null ? [] : [{ customerNo, at: Math.max(moment, since ?? moment), way: 'policy', channel: channel === '' ? null : channel, hasOrdered: orderedAt !== null }];
    });
    await ensureJoined(client, versions, asked, clock.now());
  }
}

/** Where it stood; null where it never began, undefined while somebody else is at it. */
async function takeUp(client: pg.PoolClient): Promise<Position | null | undefined> {
  await client.query("insert into membership_cursor (name, position) values ('joining', 'null') on conflict do nothing");
  const { rows: [row] } = await client.query<{ position: unknown }>("select position from membership_cursor where name = 'joining' for update skip locked");
  return row && position.nullable().parse(row.position);
}

const keep = (client: pg.PoolClient, at: Position) => client.query("update membership_cursor set position = $1 where name = 'joining'", [JSON.stringify(at)]);
