import type pg from 'pg';
import type { PlatformQuota } from '../../contract/gate-rules.ts';
import type { RivalRun } from '../rules/claim.ts';
import type { Ground } from '../rules/decide-one.ts';

/** What is left of the quotas of a channel. Nobody else takes of them until the transaction ends. */
export interface QuotaLeft {
  quota: PlatformQuota;
  left: number;
}

export async function lockQuotas(client: pg.PoolClient, { rules, run, periods }: Ground): Promise<QuotaLeft[]> {
  const quotas = rules.quotas.filter(({ of, channel }) => of === 'channel' && channel === run.channel);
  if (quotas.length === 0 || run.programKind === 'test') return [];
  const values = [run.channel, quotas.map((quota) => quota.per), quotas.map((quota) => periods[quota.per].beginsOn)];
  await client.query('insert into send_quota_use (channel, per, begins_on, used) select $1, per, begins_on, 0 from unnest($2::text[], $3::date[]) as p (per, begins_on) on conflict do nothing', values);
  const { rows } = await client.query<{ per: string; used: number }>(
    `select u.per, used from send_quota_use u join unnest($2::text[], $3::date[]) as p (per, begins_on) using (per, begins_on)
      where channel = $1 order by u.per for update of u`, values);
  const used = new Map(rows.map((row) => [row.per, row.used]));
  return quotas.map((quota) => ({ quota, left: quota.most - (used.get(quota.per) ?? 0) }));
}

/** Adds to what is used of every quota of a channel. */
export async function useQuotas(client: pg.PoolClient, channel: string, periods: Ground['periods'], by: number): Promise<void> {
  if (by === 0) return;
  await client.query(
    `update send_quota_use set used = greatest(0, used + $4) where channel = $1
      and ((per = 'day' and begins_on = $2) or (per = 'month' and begins_on = $3))`,
    [channel, periods.day.beginsOn, periods.month.beginsOn, by]);
}

/** Gives back what messages took that do not go after all: to the day and the month in which each of them took it, where those are on. Tests took nothing. */
export async function giveBackQuotas(client: pg.PoolClient, { channel, programKind }: Pick<RivalRun, 'channel' | 'programKind'>, { day, month }: Ground['periods'], takenAt: readonly Date[]): Promise<void> {
  const [ofDay, ofMonth] = [day, month].map(({ beganMs }) => takenAt.filter((at) => at.getTime() >= beganMs).length);
  if (ofMonth === 0 || programKind === 'test') return;
  await client.query(
    `update send_quota_use set used = greatest(0, used - case per when 'day' then $4::int else $5::int end) where channel = $1
      and ((per = 'day' and begins_on = $2) or (per = 'month' and begins_on = $3))`, [channel, day.beginsOn, month.beginsOn, ofDay, ofMonth]);
}
