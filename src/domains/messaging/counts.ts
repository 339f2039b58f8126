import type pg from 'pg';

/** What messages can be sent with. */
export interface MessagingCounts {
  /** Channels with an account that sends for real. */
  openChannels: number;
  /** Templates with a version that may be sent. */
  templates: number;
  /** How often the team said who may be reached how often and when. */
  rules: number;
}

export async function countMessaging(pool: pg.Pool): Promise<MessagingCounts> {
  const { rows: [counts] } = await pool.query<MessagingCounts>(
    `select (select count(distinct channel)::int from channel_account where state = 'active') as "openChannels",
      (select count(*)::int from message_template t where archived_at is null and exists (select from message_template_version v where v.template_no = t.template_no and v.state = 'approved')) as templates,
      (select count(*)::int from gate_rules) as rules`);
  return counts;
}
