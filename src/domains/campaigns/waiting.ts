import type pg from 'pg';
import type { WaitingThing } from '../insights/public.ts';

/** Campaigns that wait for a second person. */
export async function readWaiting(pool: pg.Pool): Promise<WaitingThing[]> {
  const { rows: [counts] } = await pool.query<{ submitted: number }>(`select count(*)::int as submitted from campaign where state = 'submitted'`);
  return [{ count: counts.submitted, permission: 'campaigns.approve', message: 'campaigns:waiting.submitted', to: '/programs/campaigns?state=submitted' }];
}
