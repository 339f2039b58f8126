import type pg from 'pg';
import type { z } from 'zod';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { asOutboundProblem, createGuard, systemResolve } from '../../../../platform/outbound/guard.ts';
import { parseAddress } from '../../../../platform/outbound/outbound.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { type AccountInput, fieldsOf, secretsSchema, settingsSchema } from '../../contract/channels.ts';
import { cardOf, type ProviderKey } from '../../contract/providers/providers.ts';
import type { ChannelKind } from '../../contract/vocabulary.ts';
import { providerOf } from '../adapters/registry.ts';
import { insertAccount, type OpenAccount, readOpenAccount, updateAccount } from './store.ts';

const mostAccounts = 50;
const uniqueViolation = '23505';

/** Adds an account; a secret that was made for it is in the answer and can be read nowhere else. */
export async function addAccount({ pg: pool, secret, clock, config }: Platform, { provider, values, secrets, ...rest }: AccountInput, actor: Actor): Promise<{ accountNo: number; secret: string | null }> {
  const made = providerOf(provider).madeSecrets?.() ?? {};
  const account = { ...rest, provider, channel: cardOf(provider).channel, settings: parsed('values', settingsSchema(provider), values), secrets: parsed('secrets', secretsSchema(provider), { ...secrets, ...made }) };
  await demandReachable(config.outboundAllow, account.settings, provider);
  return namedOnce(rest.name, () => inTransaction(pool, async (client) => {
    const { rows: [{ count }] } = await client.query<{ count: number }>('select count(*)::int as count from channel_account');
    if (count >= mostAccounts) throw conflict('messaging.too_many_channels', { most: mostAccounts });
    const accountNo = await insertAccount(client, secret, account, { at: clock.now(), name: actor.name });
    await recordAudit(client, { actor, action: 'messaging.add_channel', subject: `channel:${accountNo}`, details: { provider, name: rest.name, state: rest.state } });
    return { accountNo, secret: providerOf(provider).keyFor?.of(account.secrets) ?? null };
  }));
}

/** Changes an account. Secrets that are not given again stay, as long as they go to the same place as before. */
export async function changeAccount({ pg: pool, secret, config }: Platform, accountNo: number, { values, secrets, ...rest }: Omit<AccountInput, 'provider'>, actor: Actor): Promise<void> {
  await namedOnce(rest.name, () => inTransaction(pool, async (client) => {
    const before = await demandAccount(client, secret, accountNo);
    const settings = parsed('values', settingsSchema(before.provider), values);
    await demandReachable(config.outboundAllow, settings, before.provider);
    const kept = keptSecrets(before, settings, secrets);
    await updateAccount(client, secret, accountNo, { ...rest, settings, secrets: parsed('secrets', secretsSchema(before.provider), { ...kept, ...secrets }) });
    await recordAudit(client, { actor, action: 'messaging.change_channel', subject: `channel:${accountNo}`, details: { name: rest.name, state: rest.state, was: before.state, newSecrets: Object.keys(secrets) } });
  }));
}

function keptSecrets({ provider, settings: was, secrets }: OpenAccount, settings: Record<string, string>, given: Record<string, string>): Record<string, string> {
  const isSamePlace = fieldsOf(provider, false).every(({ name, isPlace }) => !isPlace || was[name] === settings[name]);
  const made = Object.keys(providerOf(provider).madeSecrets?.() ?? {});
  const lost = Object.entries(secrets).filter(([name, value]) => value !== '' && given[name] === undefined && !made.includes(name)).map(([name]) => name);
  if (!isSamePlace && lost.length > 0) throw new Problem('messaging.channel_secret_needed', { fields: lost.map((name) => ({ path: `body.secrets.${name}`, code: 'required' })) });
  return secrets;
}

export async function orderAccounts({ pg: pool }: Platform, channel: ChannelKind, accountNos: readonly number[], actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ accountNo: number }>('select account_no as "accountNo" from channel_account where channel = $1 for update', [channel]);
    const known = rows.map(({ accountNo }) => accountNo);
    if (known.length !== new Set(accountNos).size || accountNos.length !== known.length || !accountNos.every((no) => known.includes(no))) throw conflict('messaging.channels_changed');
    await client.query('update channel_account a set place = o.place, version = version + 1 from unnest($1::int[]) with ordinality as o (account_no, place) where a.account_no = o.account_no', [accountNos]);
    await recordAudit(client, { actor, action: 'messaging.order_channels', subject: `channels:${channel}`, details: { accountNos } });
  });
}

export async function deleteAccount({ pg: pool, secret }: Platform, accountNo: number, actor: Actor): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { state, name, provider } = await demandAccount(client, secret, accountNo);
    if (state !== 'off') throw conflict('messaging.channel_in_use', { name });
    await client.query('delete from channel_account where account_no = $1', [accountNo]);
    await recordAudit(client, { actor, action: 'messaging.delete_channel', subject: `channel:${accountNo}`, details: { provider, name } });
  });
}

export async function demandAccount(connection: pg.Pool | pg.PoolClient, secret: string, accountNo: number): Promise<OpenAccount> {
  const account = await readOpenAccount(connection, secret, accountNo);
  if (!account) throw notFound('messaging.channel_not_found', { accountNo });
  return account;
}

/** An address that messages may not be sent to is refused here, and again by each connection. */
async function demandReachable(allowed: readonly string[], settings: Record<string, string>, provider: ProviderKey): Promise<void> {
  const guard = createGuard(allowed, systemResolve);
  for (const { name, kind } of fieldsOf(provider, false)) {
    if (settings[name] === '' || (kind !== 'url' && name !== 'host')) continue;
    const [host, isPlain] = kind === 'url' ? [parseAddress(settings[name]).hostname.replace(/^\[|\]$/g, ''), settings[name].startsWith('http:')] : [settings[name], settings.security === 'plain'];
    try {
      await guard.check(host, isPlain);
    } catch (error) {
      throw asOutboundProblem(error, host, null);
    }
  }
}

/** What a provider has to be told; each field that is not as it must be is named. */
function parsed(part: 'values' | 'secrets', schema: z.ZodType<Record<string, string>>, given: Record<string, string>): Record<string, string> {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const names = read.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])]));
  throw new Problem('messaging.channel_settings_bad', { fields: names.map((name) => ({ path: `body.${part}.${name}`, code: given[name] ? 'bad_value' : 'required' })) });
}

async function namedOnce<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string; constraint?: string }).code === uniqueViolation && (error as { constraint?: string }).constraint === 'channel_account_name') throw conflict('messaging.channel_name_taken', { name });
    throw error;
  }
}
