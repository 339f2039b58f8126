import type pg from 'pg';
import type { WaitingThing } from '../insights/public.ts';

/** What waits for a second person, or to be sent or settled; and a ledger that is not as it was written. */
export async function readWaiting(pool: pg.Pool): Promise<WaitingThing[]> {
  const { rows: [counts] } = await pool.query<Record<'versions' | 'grants' | 'drops' | 'shipments' | 'differences' | 'faults', number>>(
    `select (select count(*)::int from programme_version where state = 'waiting') as versions,
      (select count(*)::int from tier_grant where approved_at is null and refused_at is null and ended_by is null) as grants,
      (select count(*)::int from member where awaiting_since is not null) as drops,
      (select count(*)::int from mall_order where state = 'confirmed' and delivery ->> 'kind' = 'shipment') as shipments,
      (select count(*)::int from partner_difference where state = 'open') as differences,
      (select count(*)::int from membership_cursor where name = 'points.proof' and position -> 'fault' <> 'null') as faults`);
  return [
    { count: counts.faults, permission: 'membership.read', message: 'membership:waiting.faults', to: '/members/overview', isProblem: true },
    { count: counts.versions, permission: 'membership.approve', message: 'membership:waiting.versions', to: '/members/programme' },
    { count: counts.grants, permission: 'membership.approve', message: 'membership:waiting.grants', to: '/members/tiers?tab=grants' },
    { count: counts.drops, permission: 'membership.approve', message: 'membership:waiting.drops', to: '/members/tiers?tab=review' },
    { count: counts.shipments, permission: 'membership.mall', message: 'membership:waiting.shipments', to: '/members/mall?tab=orders&ostate=confirmed' },
    { count: counts.differences, permission: 'membership.partners', message: 'membership:waiting.differences', to: '/members/partners' },
  ];
}
