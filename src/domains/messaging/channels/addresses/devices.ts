import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { parseAddress } from '../../../../platform/outbound/outbound.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { deriveKey, openText, sealText } from '../../../../platform/secrets.ts';
import type { Customers, HeldDataSource } from '../../../customers/public.ts';
import { lineagesOf } from '../../../customers/public.ts';
import type { ChannelKind } from '../../contract/vocabulary.ts';
import { demandAccount } from '../accounts/keep-accounts.ts';
import { providerOf } from '../adapters/registry.ts';
import { subscription } from '../adapters/webpush.ts';

const purpose = 'addresses of devices';

/** What a device is found by, without its address being known by it. */
const hashOf = (secret: string, address: string): string => createHmac('sha256', deriveKey(secret, `${purpose}, known again`)).update(address).digest('hex').slice(0, 32);

interface ToldAddress {
  accountNo: number;
  address: string;
}

async function spaceOf({ pg: pool, secret }: Platform, accountNo: number): Promise<{ channel: ChannelKind; space: string }> {
  const { channel, provider, settings, name } = await demandAccount(pool, secret, accountNo);
  if (channel !== 'app_push' && channel !== 'web_push') throw conflict('messaging.channel_has_no_devices', { name });
  return { channel, space: providerOf(provider).addressSpace?.(settings, accountNo) ?? '' };
}

/** Keeps whose a device is: who signed in on it last. */
export async function keepDevice(platform: Platform, customers: Pick<Customers, 'recognise'>, { accountNo, address }: ToldAddress, meant: Parameters<Customers['recognise']>[0]): Promise<void> {
  const { pg: pool, secret, clock } = platform;
  const { channel, space } = await spaceOf(platform, accountNo);
  if (channel === 'web_push') demandSubscription(address);
  const person = await customers.recognise(meant);
  if (!person) throw notFound('messaging.nobody_known');
  await pool.query(
    `insert into channel_address (hash, address_space, channel, customer_no, sealed, seen_at) values ($1, $2, $3, $4, $5, $6)
      on conflict (hash, address_space) do update set customer_no = excluded.customer_no, sealed = excluded.sealed, seen_at = excluded.seen_at`,
    [hashOf(secret, address), space, channel, person.customerNo, sealText(secret, purpose, address), clock.now()]);
}

/** A browser's subscription leads to a push service on the web, and nowhere else. */
function demandSubscription(text: string): void {
  try {
    parseAddress(subscription.parse(JSON.parse(text)).endpoint);
  } catch {
    throw new Problem('messaging.bad_subscription', { fields: [{ path: 'body.address', code: 'bad_value' }] });
  }
}

export async function forgetDevice(platform: Platform, { accountNo, address }: ToldAddress): Promise<void> {
  const { space } = await spaceOf(platform, accountNo);
  await forgetAddress(platform, space, address);
}

/** Nothing arrives there any more, or nobody is to be notified there. */
export async function forgetAddress({ pg: pool, secret }: Pick<Platform, 'pg' | 'secret'>, space: string, address: string): Promise<void> {
  await pool.query('delete from channel_address where hash = $1 and address_space = $2', [hashOf(secret, address), space]);
}

/** Each person's devices of a channel, those that were seen last first. */
export async function devicesOf(client: pg.ClientBase, secret: string, channel: ChannelKind, customerNos: readonly number[]): Promise<{ customerNo: number; space: string; value: string }[]> {
  const lineages = await lineagesOf(client as pg.PoolClient, customerNos);
  const rootOf = new Map([...lineages].flatMap(([asked, parts]) => parts.map((part): [number, number] => [part, asked])));
  const { rows } = await client.query<{ customerNo: number; space: string; sealed: Buffer }>({
    name: 'messaging.devices-of',
    text: 'select customer_no as "customerNo", address_space as space, sealed from channel_address where channel = $1 and customer_no = any($2::int[]) order by seen_at desc, hash',
    values: [channel, [...rootOf.keys()]],
  });
  return rows.map(({ customerNo, space, sealed }) => ({ customerNo: rootOf.get(customerNo) ?? customerNo, space, value: openText(secret, purpose, sealed) }));
}

/** Devices go with whoever is erased. */
export const heldDevices = ({ pg: pool, secret }: Pick<Platform, 'pg' | 'secret'>): HeldDataSource => ({
  name: 'channel_address',
  async count({ customerNos }) {
    const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from channel_address where customer_no = any($1::int[])', [customerNos]);
    return rows[0].count;
  },
  async *export({ customerNos }) {
    const { rows } = await pool.query<{ channel: string; space: string; seenAt: Date; sealed: Buffer }>(
      'select channel, address_space as space, seen_at as "seenAt", sealed from channel_address where customer_no = any($1::int[]) order by seen_at', [customerNos]);
    for (const { sealed, seenAt, ...row } of rows) yield { ...row, seenAt: seenAt.toISOString(), address: openText(secret, purpose, sealed) };
  },
  async erase({ customerNos }) {
    return (await pool.query('delete from channel_address where customer_no = any($1::int[])', [customerNos])).rowCount ?? 0;
  },
});
