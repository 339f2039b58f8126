import type pg from 'pg';
import { notFound } from '../../../../kernel/problem.ts';
import type { AccountDetail, ShownAccount } from '../../contract/channels.ts';
import { providerOf } from '../adapters/registry.ts';
import { receiptPath } from '../receipts/heard.ts';
import { hearOf } from '../receipts/providers/registry.ts';
import { paceNow } from '../hand-over/health.ts';
import { type AccountRow, readOpenAccount } from './store.ts';

interface Row extends AccountRow {
  pace: number;
  sentToday: number;
  breaks: number;
  brokenUntil: Date | null;
  restingUntil: Date | null;
  trouble: string | null;
  troubleAt: Date | null;
  takenAt: Date | null;
  createdAt: Date;
  createdBy: string;
  taken: number;
  refused: number;
  later: number;
  unknown: number;
}

const select = `select a.account_no as "accountNo", a.channel, a.provider, a.name, a.settings, a.place, a.per_second as "perSecond", a.at_once as "atOnce", a.per_day as "perDay", a.cost, a.state, a.version,
    a.created_at as "createdAt", a.created_by as "createdBy", ${paceNow}::float8 as pace, case when day = $2::date then day_count else 0 end as "sentToday", breaks, broken_until as "brokenUntil",
    resting_until as "restingUntil", trouble, trouble_at as "troubleAt", taken_at as "takenAt",
    ${(['taken', 'refused', 'later', 'unknown'] as const).map((outcome) => `coalesce(sum(count) filter (where outcome = '${outcome}'), 0)::int as ${outcome}`).join(', ')}
  from channel_account a join channel_health h using (account_no) left join channel_answer n on n.account_no = a.account_no and n.hour > $1::timestamptz - interval '1 day'
  where $3::int is null or a.account_no = $3
  group by a.account_no, h.account_no order by a.channel, a.place, a.account_no`;

/** Accounts as a page shows them, with how they are doing at this moment. */
export async function readAccounts(pool: pg.Pool, now: Date, today: string): Promise<ShownAccount[]> {
  const { rows } = await pool.query<Row>(select, [now, today, null]);
  return rows.map((row) => shown(row, now));
}

/** An account with what is set of it, and the answers of a week. */
export async function readAccount(pool: pg.Pool, secret: string, accountNo: number, now: Date, today: string): Promise<AccountDetail> {
  const { rows: [row] } = await pool.query<Row>(select, [now, today, accountNo]);
  const open = await readOpenAccount(pool, secret, accountNo);
  if (!row || !open) throw notFound('messaging.channel_not_found', { accountNo });
  const { keyFor } = providerOf(open.provider);
  const { rows: codes } = await pool.query<{ outcome: 'taken'; code: string; count: number; lastAt: Date }>(
    `select outcome, code, sum(count)::int as count, max(last_at) as "lastAt" from channel_answer where account_no = $1 and hour > $2::timestamptz - interval '7 days' group by 1, 2 order by 3 desc, 4 desc limit 50`, [accountNo, now]);
  return {
    ...shown(row, now), values: row.settings, atOnce: row.atOnce, testers: open.testers, createdAt: row.createdAt.toISOString(), createdBy: row.createdBy,
    publicKey: keyFor?.who === 'anybody' ? keyFor.of(open.secrets) : null,
    receiptsPath: hearOf(open.provider) ? receiptPath(secret, accountNo) : null,
    secretsKept: Object.entries(open.secrets).filter(([, value]) => value !== '').map(([name]) => name),
    codes: codes.map((one) => ({ ...one, lastAt: one.lastAt.toISOString() })),
  };
}

function shown(row: Row, now: Date): ShownAccount {
  const { accountNo, channel, provider, name, place, perSecond, perDay, cost, state, sentToday, trouble, taken, refused, later, unknown } = row;
  const until = [row.brokenUntil, row.restingUntil].find((moment) => moment && moment > now) ?? null;
  return {
    accountNo, channel, provider, name, place, perSecond, perDay, cost, state, sentToday, trouble, condition: conditionOf(row, now), until: until?.toISOString() ?? null,
    perSecondNow: Math.round(perSecond * row.pace * 10) / 10, troubleAt: row.troubleAt?.toISOString() ?? null, takenAt: row.takenAt?.toISOString() ?? null,
    lastDay: { taken, refused, later, unknown },
  };
}

function conditionOf({ breaks, restingUntil, perDay, sentToday, pace }: Row, now: Date): ShownAccount['condition'] {
  if (breaks > 0) return 'broken';
  if (perDay !== null && sentToday >= perDay) return 'full';
  if (restingUntil && restingUntil > now) return 'resting';
  return pace < 0.95 ? 'slowed' : 'well';
}
