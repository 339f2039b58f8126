import type pg from 'pg';
import type { WaitingThing } from '../insights/public.ts';

/** Versions of templates that wait for a second person, and channels that were broken off. */
export async function readWaiting(pool: pg.Pool, now: Date): Promise<WaitingThing[]> {
  const { rows: [counts] } = await pool.query<{ versions: number; broken: number }>(
    `select (select count(*)::int from message_template_version v join message_template using (template_no) where v.state = 'waiting' and archived_at is null) as versions,
      (select count(*)::int from channel_account join channel_health using (account_no) where state = 'active' and broken_until > $1) as broken`, [now]);
  return [
    { count: counts.broken, permission: 'messaging.channels', message: 'messaging:waiting.broken', to: '/programs/channels', isProblem: true },
    { count: counts.versions, permission: 'messaging.approve', message: 'messaging:waiting.versions', to: '/programs/templates' },
  ];
}
