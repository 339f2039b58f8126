import type pg from 'pg';
import { openText, sealText } from '../../../../platform/secrets.ts';
import type { Parcel } from '../../part.ts';
import { openAddress } from '../addresses/address-text.ts';

/** A message as it would have left, and to whom. */
export interface TestMessage {
  to: string;
  shown: string;
}

/** Of each account the newest are kept. */
const mostKept = 200;
const mostLetters = 100_000;

const purpose = 'messages of channels in test mode';

/** Keeps what would have been sent. */
export async function keepTestMessage(pool: pg.Pool, secret: string, accountNo: number, { to }: Pick<Parcel, 'to'>, shown: string, now: Date): Promise<void> {
  const message: TestMessage = { to: openAddress(to).value, shown: shown.slice(0, mostLetters) };
  await pool.query(
    `with kept as (insert into channel_test_message (account_no, at, sealed) values ($1, $2, $3))
      delete from channel_test_message where message_no in (select message_no from channel_test_message where account_no = $1 order by message_no desc offset $4)`,
    [accountNo, now, sealText(secret, purpose, JSON.stringify(message)), mostKept - 1]);
}

/** What was kept of an account, the newest first. */
export async function readTestMessages(pool: pg.Pool, secret: string, accountNo: number, page: { limit: number; offset: number }): Promise<{ rows: (TestMessage & { messageNo: number; at: Date })[]; total: number }> {
  const { rows } = await pool.query<{ messageNo: number; at: Date; sealed: Buffer }>(
    'select message_no as "messageNo", at, sealed from channel_test_message where account_no = $1 order by message_no desc limit $2 offset $3', [accountNo, page.limit, page.offset]);
  const { rows: [{ total }] } = await pool.query<{ total: number }>('select count(*)::int as total from channel_test_message where account_no = $1', [accountNo]);
  return { rows: rows.map(({ sealed, ...row }) => ({ ...row, ...(JSON.parse(openText(secret, purpose, sealed)) as TestMessage) })), total };
}
