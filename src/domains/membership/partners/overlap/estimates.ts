import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import type { EndpointInput } from '../../../../kernel/endpoint.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { addPartnerEstimate, PartnerEstimate } from '../../contract/partner-overlap.ts';
import { recordHappening } from '../pipeline/history.ts';
import { lockPartner } from '../pipeline/keep-partners.ts';
import { demandImpersonal } from '../pipeline/open-text.ts';
import { demandPartner } from '../pipeline/read-partners.ts';
import { type Share, wilsonShare } from './share.ts';
import { countFloor, fewestListed } from './told-count.ts';

type World = Pick<Platform, 'pg' | 'clock'>;

const mostEstimates = 100;

/** What an estimate was made of, by its kind. */
interface Basis {
  matched: { compared: number; matched: number; isBelowFloor: boolean };
  survey: { asked: number; saidYes: number };
  affinity: { low: number; likely: number; high: number };
}

/**
 * What an estimate says of all customers. Those whose phone or mail is known stand for all in a matching, those who answered in a survey:
 * how far chance alone may lead astray is its interval, and not whether they are like the others. Below the floor it may be anybody from none on.
 */
export function shareOf(kind: PartnerEstimate['kind'], basis: Record<string, unknown>): Share {
  if (kind === 'affinity') {
    const { low, likely, high } = basis as unknown as Basis['affinity'];
    return { share: likely, low, high };
  }
  if (kind === 'survey') {
    const { asked, saidYes } = basis as unknown as Basis['survey'];
    return wilsonShare(saidYes, asked);
  }
  const { compared, matched, isBelowFloor } = basis as unknown as Basis['matched'];
  const told = wilsonShare(Math.min(matched, compared), compared);
  return isBelowFloor ? { ...told, low: 0 } : told;
}

const countedForMs = 600_000;
const counted = new WeakMap<pg.Pool, { customers: number; at: number }>();

/** How many customers there are; of ten million that takes a second, and is right for some minutes. */
async function countCustomers(pool: pg.Pool, now: Date): Promise<number> {
  const known = counted.get(pool);
  if (known && Math.abs(now.getTime() - known.at) < countedForMs) return known.customers;
  const { rows: [{ customers }] } = await pool.query<{ customers: number }>('select count(*)::int as customers from customer where status = 0');
  counted.set(pool, { customers, at: now.getTime() });
  return customers;
}

/** Every estimate of a partner, the newest first, in shares and in people of today. */
export async function readOverlap({ pg: pool, clock }: World, partnerId: number) {
  await demandPartner(pool, partnerId);
  const customers = await countCustomers(pool, clock.now());
  const { rows } = await pool.query<Omit<PartnerEstimate, 'share' | 'low' | 'high' | 'people' | 'lowPeople' | 'highPeople' | 'isBelowFloor' | 'madeAt'> & { madeAt: Date }>(
    `select estimate_id as "estimateId", kind, basis, source, as_of::text as "asOf", made_at as "madeAt", made_by as "madeBy" from partner_estimate where partner_id = $1 order by estimate_id desc`, [partnerId]);
  const { rows: matchings } = await pool.query<{ matchingId: number; kind: 'phone' | 'email'; state: 'open' | 'waiting' | 'done'; madeAt: Date; endsAt: Date }>(
    `select matching_id as "matchingId", kind, state, made_at as "madeAt", ends_at as "endsAt" from partner_matching where partner_id = $1 order by matching_id desc limit 20`, [partnerId]);
  const now = clock.now();
  return {
    estimates: rows.map((row): PartnerEstimate => {
      const { share, low, high } = shareOf(row.kind, row.basis);
      return {
        ...row, share, low, high, people: Math.round(share * customers), lowPeople: Math.floor(low * customers), highPeople: Math.ceil(high * customers),
        isBelowFloor: row.basis.isBelowFloor === true, madeAt: row.madeAt.toISOString(),
      };
    }),
    matchings: matchings.map(({ madeAt, endsAt, state, ...row }) => ({ ...row, state: state === 'open' && endsAt <= now ? 'over' as const : state, madeAt: madeAt.toISOString(), endsAt: endsAt.toISOString() })),
    customers, fewestListed, floor: countFloor, computedAt: now.toISOString(),
  };
}

export async function addEstimate({ pg: pool, clock }: World, partnerId: number, { kind, source, asOf, ...basis }: EndpointInput<typeof addPartnerEstimate>['body'], actor: Actor): Promise<number> {
  demandImpersonal({ source });
  return inTransaction(pool, async (client) => {
    await lockPartner(client, partnerId);
    const { rows: [{ held }] } = await client.query<{ held: number }>('select count(*)::int as held from partner_estimate where partner_id = $1', [partnerId]);
    if (held >= mostEstimates) throw conflict('membership.too_many_partner_estimates', { most: mostEstimates });
    const at = clock.now();
    const { rows: [{ estimateId }] } = await client.query<{ estimateId: number }>(
      'insert into partner_estimate (partner_id, kind, basis, source, as_of, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7) returning estimate_id as "estimateId"',
      [partnerId, kind, JSON.stringify(basis), source, asOf, at, actor.name]);
    await recordHappening(client, { partnerId, kind: 'estimate_added', actor, at, details: { kind }, audit: { estimateId, kind } });
    return estimateId;
  });
}

export async function removeEstimate({ pg: pool, clock }: World, partnerId: number, estimateId: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client: pg.PoolClient) => {
    const { rowCount } = await client.query('delete from partner_estimate where partner_id = $1 and estimate_id = $2', [partnerId, estimateId]);
    if (!rowCount) throw notFound('membership.partner_estimate_not_found', { estimateId });
    await recordHappening(client, { partnerId, kind: 'estimate_removed', actor, at: clock.now(), audit: { estimateId } });
  });
}
