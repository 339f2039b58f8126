import type pg from 'pg';
import { lineagesOf } from '../../../customers/public.ts';
import { type Version, versionAt } from '../../programme/programme.ts';
import { addMonths, dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { FollowedChange } from './followed-change.ts';

/**
 * Takes back, where the programme says so, what was given for tiers that a return cost: of the cycle that still runs, and as far as it was
 * not used. Its givers follow afterwards.
 */
export async function takeBackOnRefund(client: pg.PoolClient, changes: readonly FollowedChange[], versions: readonly Version[], timeZone: string, now: Date): Promise<void> {
  for (const change of changes) {
    const version = versions.find(({ versionNo }) => versionNo === change.versionNo) ?? versionAt(versions, change.at);
    if (change.kind !== 'drop' || change.reason !== 'refund' || version?.definition.tierRules.giftsOnRefund !== 'take_back') continue;
    const { tiers, tierRules } = version.definition;
    const keys = tiers.map(({ key }) => key);
    const lost = keys.slice(keys.indexOf(change.toTier ?? '') + 1);
    const runsSince = startOfDay(addMonths(dayIn(timeZone, new Date(change.at)), -tierRules.clock.months), timeZone);
    const accounts = (await lineagesOf(client, [change.customerNo])).get(change.customerNo) ?? [];
    await client.query(
      `update benefit_grant set taken_back_at = $4, is_return_due = state = 'given', state = case when state = 'waiting' then 'refused' else state end,
          derivation = derivation || jsonb_build_object('takenBack', jsonb_build_object('reason', 'refund', 'changeNo', $5::bigint))
        where customer_no = any($1::int[]) and derivation ->> 'occasion' = 'upgrade' and tier = any($2::text[]) and cycle_start > $3 and occurred_at <= $6
          and state in ('waiting', 'given') and used_at is null and taken_back_at is null`,
      [accounts, lost, runsSince, now, change.changeNo, new Date(change.at)]);
  }
}
