import type pg from 'pg';
import { z } from 'zod';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { lineagesOf } from '../../../customers/public.ts';
import { type Programme, type Version, versionAt } from '../../programme/programme.ts';
import { giftCycle } from '../rules/gift-cycle.ts';
import { giftsOfChange } from '../rules/gifts-of-change.ts';
import { type Benefit, readBenefits } from '../store/benefits.ts';
import type { FollowedChange } from './followed-change.ts';
import { insertGrants, type WantedGrant } from './insert-grants.ts';
import { takeBackOnRefund } from './take-back.ts';

const changesAtOnce = 1_000;
const position = z.object({ transaction: z.string(), changeNo: z.number() });

/**
 * Gives what changes of tiers bring, each change once: where it stands is written together with what it gave. A change is looked at when its
 * transaction and all before it have ended, so that none is passed over which becomes visible late. Returns true while there is more.
 */
export async function followChanges({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, programme: Programme): Promise<boolean> {
  const versions = await programme.versions();
  const benefits = await readBenefits(pool);
  const { timeZone } = await readBrand(pool);
  return inTransaction(pool, async (client) => {
    const from = await takeUp(client);
    if (from === undefined) return false;
    const joiningFrom = Math.min(...benefits.filter(({ kind }) => kind === 'joining').map(({ startsAt }) => startsAt), Number.MAX_SAFE_INTEGER);
    const { changes, until } = await readChanges(client, from, joiningFrom);
    const gifts = benefits.filter(({ stoppedAt }) => stoppedAt === null);
    await insertGrants(client, await wantedOf(client, changes, gifts, versions, timeZone), clock.now());
    await takeBackOnRefund(client, changes, versions, timeZone, clock.now());
    await client.query("update membership_cursor set position = $1 where name = 'benefits'", [JSON.stringify(until)]);
    return changes.length === changesAtOnce;
  });
}

async function takeUp(client: pg.PoolClient): Promise<z.infer<typeof position> | undefined> {
  await client.query("insert into membership_cursor (name, position) values ('benefits', $1) on conflict do nothing", [JSON.stringify({ transaction: '0', changeNo: 0 })]);
  const { rows: [row] } = await client.query<{ position: unknown }>("select position from membership_cursor where name = 'benefits' for update skip locked");
  return row && position.parse(row.position);
}

/** What comes next of what may bring or take something, and where that ends. Joinings from before any gift are passed over by the million. */
async function readChanges(client: pg.PoolClient, { transaction, changeNo }: z.infer<typeof position>, joiningFrom: number) {
  // All that has ended when this is asked is seen; the next look begins with the first that had not.
  const { rows: [{ first }] } = await client.query<{ first: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as first');
  const { rows: changes } = await client.query<FollowedChange>(
    `select change_no as "changeNo", transaction_id::text as transaction, customer_no as "customerNo", kind, from_tier as "fromTier", to_tier as "toTier",
        (extract(epoch from cycle_start) * 1000)::bigint as "cycleStart", (extract(epoch from occurred_at) * 1000)::bigint as at, version_no as "versionNo", coalesce(derivation ->> 'reason', '') as reason
      from tier_change where (transaction_id, change_no) > ($1::xid8, $2::bigint) and transaction_id < $4::xid8
        and (kind in ('rise', 'drop') or (kind = 'join' and occurred_at >= to_timestamp($3::float8 / 1000)))
      order by transaction_id, change_no limit ${changesAtOnce}`, [transaction, changeNo, Math.min(joiningFrom, 253_402_300_799_000), first]);
  const last = changes.at(-1);
  if (changes.length === changesAtOnce && last) return { changes, until: { transaction: last.transaction, changeNo: last.changeNo } };
  return { changes, until: before(first, { transaction, changeNo }) };
}

/** The last place before a transaction, never behind where it stood. */
function before(first: string, stood: z.infer<typeof position>): z.infer<typeof position> {
  const transaction = BigInt(first) - 1n;
  return transaction > BigInt(stood.transaction) ? { transaction: String(transaction), changeNo: Number.MAX_SAFE_INTEGER } : stood;
}

interface Earlier {
  benefitId: number;
  customerNo: number;
  tier: string | null;
  cycleStart: number | null;
}

async function wantedOf(client: pg.PoolClient, changes: readonly FollowedChange[], benefits: readonly Benefit[], versions: readonly Version[], timeZone: string): Promise<WantedGrant[]> {
  const found = changes.flatMap((change) => {
    const version = versions.find(({ versionNo }) => versionNo === change.versionNo) ?? versionAt(versions, change.at);
    if (!version) return [];
    const { tiers, tierRules } = version.definition;
    return giftsOfChange(change, tiers.map(({ key }) => key), tierRules.intermediateGifts, benefits).map((gift) => ({ change, ...gift, months: tierRules.clock.months }));
  });
  if (found.length === 0) return [];
  const lineages = await lineagesOf(client, [...new Set(found.map(({ change }) => change.customerNo))]);
  const earlier = await readEarlier(client, [...lineages.values()].flat());
  const joinedBefore = await readJoinings(client, [...lineages.values()].flat());
  return found.map(({ change, benefit, tier, months }): WantedGrant => {
    const accounts = lineages.get(change.customerNo) ?? [change.customerNo];
    const own = earlier.filter((each) => each.benefitId === benefit.benefitId && accounts.includes(each.customerNo));
    const isJoining = benefit.kind === 'joining';
    const ofTier = own.filter((each) => each.tier === tier).flatMap(({ cycleStart }) => (cycleStart === null ? [] : [cycleStart]));
    const cycleStart = giftCycle(change, ofTier, months, timeZone);
    const refusal = isJoining
      ? (own.length > 0 ? 'already_given' : joinedBefore.some((each) => accounts.includes(each.customerNo) && each.changeNo < change.changeNo) ? 'joined_before' : undefined)
      : ofTier.includes(cycleStart) ? 'already_given' : undefined;
    const key = isJoining ? `joining ${benefit.benefitId} ${change.customerNo}` : `upgrade ${benefit.benefitId} ${change.customerNo} ${tier} ${new Date(cycleStart).toISOString()}`;
    const grant: WantedGrant = {
      key: refusal === undefined ? key : `${key} again ${change.changeNo}`, benefit, customerNo: change.customerNo, tier, cycleStart, occurredAt: change.at,
      derivation: { occasion: isJoining ? 'joining' : 'upgrade', changeNo: change.changeNo, ...(refusal === undefined ? {} : { refusal }) },
    };
    // What this change brings counts for those that follow it.
    if (refusal === undefined) earlier.push({ benefitId: benefit.benefitId, customerNo: change.customerNo, tier, cycleStart });
    return grant;
  });
}

async function readEarlier(client: pg.PoolClient, customerNos: readonly number[]): Promise<Earlier[]> {
  const { rows } = await client.query<Earlier>(
    `select benefit_id as "benefitId", customer_no as "customerNo", tier, (extract(epoch from cycle_start) * 1000)::bigint as "cycleStart"
      from benefit_grant where customer_no = any($1::int[]) and derivation ->> 'occasion' in ('joining', 'upgrade') and derivation ->> 'refusal' is null`, [customerNos]);
  return rows;
}

async function readJoinings(client: pg.PoolClient, customerNos: readonly number[]): Promise<{ customerNo: number; changeNo: number }[]> {
  const { rows } = await client.query<{ customerNo: number; changeNo: number }>(
    `select customer_no as "customerNo", min(change_no) as "changeNo" from tier_change where customer_no = any($1::int[]) and kind = 'join' group by customer_no`, [customerNos]);
  return rows;
}
