import type pg from 'pg';
import { openText, sealText } from '../../../../platform/secrets.ts';
import type { ProviderKey } from '../../contract/providers/providers.ts';
import type { ChannelKind } from '../../contract/vocabulary.ts';

type Connection = pg.Pool | pg.ClientBase;

export type AccountState = 'active' | 'test' | 'off';

/** What is set of an account, without what is secret. */
export interface AccountSettings {
  channel: ChannelKind;
  provider: ProviderKey;
  name: string;
  settings: Record<string, string>;
  perSecond: number;
  atOnce: number;
  perDay: number | null;
  cost: string;
  state: AccountState;
}
export interface AccountRow extends AccountSettings {
  accountNo: number;
  version: number;
  place: number;
}
/** An account that can be sent by: its secrets, and whom its test mode lets messages through to. */
export interface OpenAccount extends AccountRow {
  secrets: Record<string, string>;
  testers: string[];
}

const columns = `account_no as "accountNo", channel, provider, name, settings, place, per_second as "perSecond", at_once as "atOnce", per_day as "perDay", cost, state, version`;

const secretsOf = (accountNo: number): string => `secrets of channel account ${accountNo}`;
const testersOf = (accountNo: number): string => `testers of channel account ${accountNo}`;

const opened = (secret: string, purpose: string, sealed: Buffer | null): unknown => (sealed ? JSON.parse(openText(secret, purpose, sealed)) : null);

/** Accounts of a channel that are not off, in their order. */
export async function readOpenAccounts(connection: Connection, secret: string, channel: ChannelKind): Promise<OpenAccount[]> {
  return openAll(connection, secret, 'channel = $1 and state <> $2', [channel, 'off']);
}

/** What a message of a channel costs by the account that is asked first; nothing where there is none. */
export async function readPrice(connection: Connection, channel: ChannelKind): Promise<string> {
  const { rows: [first] } = await connection.query<{ cost: string }>(`select cost from channel_account where channel = $1 and state <> 'off' order by state <> 'active', place, account_no limit 1`, [channel]);
  return first?.cost ?? '0';
}

/** One account with its secrets, whatever its state; null where there is none. */
export const readOpenAccount = async (connection: Connection, secret: string, accountNo: number): Promise<OpenAccount | null> =>
  (await openAll(connection, secret, 'account_no = $1', [accountNo])).at(0) ?? null;

async function openAll(connection: Connection, secret: string, where: string, values: unknown[]): Promise<OpenAccount[]> {
  const { rows } = await connection.query<AccountRow & { sealedSecrets: Buffer | null; sealedTesters: Buffer | null }>(
    `select ${columns}, secrets as "sealedSecrets", testers as "sealedTesters" from channel_account where ${where} order by place, account_no`, values);
  return rows.map(({ sealedSecrets, sealedTesters, ...row }) => ({
    ...row,
    secrets: (opened(secret, secretsOf(row.accountNo), sealedSecrets) ?? {}) as Record<string, string>,
    testers: (opened(secret, testersOf(row.accountNo), sealedTesters) ?? []) as string[],
  }));
}

export interface WrittenSecrets {
  secrets: Record<string, string>;
  testers: readonly string[];
}

/** Adds an account behind the others of its channel. */
export async function insertAccount(client: pg.ClientBase, secret: string, account: AccountSettings & WrittenSecrets, by: { at: Date; name: string }): Promise<number> {
  const { rows: [{ accountNo }] } = await client.query<{ accountNo: number }>(
    `insert into channel_account (channel, provider, name, settings, place, per_second, at_once, per_day, cost, state, created_at, created_by)
      select $1, $2, $3, $4, coalesce(max(place), 0) + 1, $5, $6, $7, $8, $9, $10, $11 from channel_account where channel = $1 returning account_no as "accountNo"`,
    [account.channel, account.provider, account.name, JSON.stringify(account.settings), account.perSecond, account.atOnce, account.perDay, account.cost, account.state, by.at, by.name]);
  await client.query('insert into channel_health (account_no) values ($1)', [accountNo]);
  await writeSecrets(client, secret, accountNo, account);
  return accountNo;
}

/** Changes what is set of an account; of its channel and its provider it stays. */
export async function updateAccount(client: pg.ClientBase, secret: string, accountNo: number, account: Omit<AccountSettings, 'channel' | 'provider'> & WrittenSecrets): Promise<void> {
  await client.query(
    `update channel_account set name = $2, settings = $3, per_second = $4, at_once = $5, per_day = $6, cost = $7, state = $8, version = version + 1 where account_no = $1`,
    [accountNo, account.name, JSON.stringify(account.settings), account.perSecond, account.atOnce, account.perDay, account.cost, account.state]);
  await writeSecrets(client, secret, accountNo, account);
}

async function writeSecrets(client: pg.ClientBase, secret: string, accountNo: number, { secrets, testers }: WrittenSecrets): Promise<void> {
  await client.query('update channel_account set secrets = $2, testers = $3 where account_no = $1', [
    accountNo, sealText(secret, secretsOf(accountNo), JSON.stringify(secrets)), sealText(secret, testersOf(accountNo), JSON.stringify(testers))]);
}
