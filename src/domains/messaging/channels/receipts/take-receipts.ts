import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { normaliseIdentifier } from '../../../customers/contract.ts';
import { identifierKinds, type IdentifierKind, lineagesOf, type Vault } from '../../../customers/public.ts';
import type { ChannelKind } from '../../contract/vocabulary.ts';
import type { Receipt, ReceiptTaker } from '../../part.ts';
import { type DeliveryPlace, lockDeliveries } from '../../sending/facts/lock-deliveries.ts';
import type { AccountRow } from '../accounts/store.ts';
import { noteDead } from '../addresses/dead.ts';
import type { ToldReceipt } from './heard.ts';

export interface ReceiptDoors {
  platform: Platform;
  vault: Vault;
  takers: readonly ReceiptTaker[];
}

const kindOf: Partial<Record<ChannelKind, IdentifierKind>> = { email: 'email', sms: 'phone', wechat: 'openid', wecom: 'openid' };
/** What names no message is taken to be about the last one of the account to that person within this time. */
const answerDays = 7;
/** Clocks of providers may be behind. */
const clockSeconds = 120;
/** Somebody's own words come without naming a message. */
const spoken: ReadonlySet<Receipt['kind']> = new Set(['stop', 'start', 'replied']);

type Found = DeliveryPlace;

/**
 * Takes what a provider tells, each thing once: what was told before is known by its hash and left out. What it means for consent,
 * suppression and facts is done by the parts that asked to be told, in the transaction that notes it. Returns how many were new.
 */
export async function takeReceipts({ platform: { pg: pool, clock }, vault, takers }: ReceiptDoors, account: AccountRow, told: readonly ToldReceipt[]): Promise<number> {
  if (told.length === 0) return 0;
  const now = clock.now();
  return inTransaction(pool, async (client) => {
    const fresh = await noteNew(client, account.accountNo, told, now);
    if (fresh.length === 0) return 0;
    const addresses = fresh.map(({ address }) => hashedAddress(vault, account, address));
    const owners = await ownersOf(client, account.channel, addresses);
    const deliveries = await deliveriesOf(client, account.accountNo, fresh.flatMap(({ messageIds }) => messageIds));
    const isOfLast = ({ kind, isOfLast: says = false }: ToldReceipt): boolean => says || spoken.has(kind);
    const lasts = await lastBefore(client, account.accountNo, fresh.map((one, n) => (isOfLast(one) ? { customerNo: owners.get(addresses[n] ?? '') ?? null, at: one.at } : null)));
    const receipts = fresh.map(({ kind, messageIds, address, at, isFinal, code }, n): Receipt => {
      const owner = owners.get(addresses[n] ?? '') ?? null;
      const named = messageIds.map((id) => deliveries.get(id)).find((found) => found !== undefined);
      const delivery = named ?? lasts.get(n) ?? null;
      return { kind, channel: account.channel, accountNo: account.accountNo, delivery, customerNo: owner ?? delivery?.customerNo ?? null, address, at, isFinal, code };
    });
    await lockDeliveries(client, receipts.flatMap(({ delivery }) => delivery ?? []));
    await chargeParts(client, account, fresh.flatMap(({ parts }, n) => (parts !== undefined && receipts[n].delivery ? [{ ...receipts[n].delivery, parts }] : [])));
    await noteDead(client, fresh.flatMap(({ kind, isFinal, code }, n) => (kind === 'bounced' && isFinal && addresses[n] ? [{ hash: addresses[n], code: code ?? '' }] : [])), now);
    const counted = await asTheyCount(client, receipts);
    for (const take of takers) await take(client, counted);
    return fresh.length;
  });
}

async function noteNew(client: pg.PoolClient, accountNo: number, told: readonly ToldReceipt[], now: Date): Promise<ToldReceipt[]> {
  const byHash = new Map(told.map((one) => [createHash('sha256').update(`${one.kind} ${one.id}`).digest('hex').slice(0, 32), one]));
  const hashes = [...byHash.keys()].sort();
  const { rows } = await client.query<{ hash: string }>(
    `insert into channel_receipt (account_no, hash, at) select $1, h, $3 from unnest($2::uuid[]) as h on conflict do nothing returning replace(hash::text, '-', '') as hash`, [accountNo, hashes, now]);
  return rows.flatMap(({ hash }) => byHash.get(hash) ?? []);
}

/** What an address is found by among identifiers; null for what is none. */
function hashedAddress(vault: Vault, { channel, provider, settings }: AccountRow, address: string | null): string | null {
  const kind = kindOf[channel];
  if (!kind || address === null) return null;
  const normal = normaliseIdentifier(kind, address);
  const space = provider === 'wechat' ? settings.appId : provider === 'wecom' ? settings.corpId : '';
  return 'text' in normal ? vault.hashOf(kind, space, normal.text) : null;
}

async function ownersOf(client: pg.PoolClient, channel: ChannelKind, hashes: readonly (string | null)[]): Promise<Map<string, number>> {
  const kind = kindOf[channel];
  if (!kind) return new Map();
  const { rows } = await client.query<{ hash: string; customerNo: number }>(
    'select hash, customer_no as "customerNo" from identifier where kind = $1 and hash = any($2::uuid[])', [identifierKinds[kind], hashes.filter((hash) => hash !== null)]);
  return new Map(rows.map(({ hash, customerNo }) => [hash, customerNo]));
}

const deliveryColumns = `to_char(occasion_on, 'YYYY-MM-DD') as "occasionOn", run_no as "runNo", customer_no as "customerNo", occasion`;

async function deliveriesOf(client: pg.PoolClient, accountNo: number, ids: readonly string[]): Promise<Map<string, Found>> {
  const { rows } = await client.query<Found & { providerId: string }>(
    `select provider_id as "providerId", ${deliveryColumns} from send_delivery where account_no = $1 and provider_id = any($2::text[])`, [accountNo, ids]);
  return new Map(rows.map(({ providerId, ...found }) => [providerId, found]));
}

/** The last message that left by an account to each of these people before a moment of their own, by their place in the list. */
async function lastBefore(client: pg.PoolClient, accountNo: number, asked: readonly ({ customerNo: number | null; at: Date } | null)[]): Promise<Map<number, Found>> {
  const people = asked.flatMap((one, place) => (one === null || one.customerNo === null ? [] : [{ customerNo: one.customerNo, at: one.at, place }]));
  if (people.length === 0) return new Map();
  const lineages = await lineagesOf(client, people.map(({ customerNo }) => customerNo));
  // Whom they became one with may have been the one who was written to.
  const all = people.flatMap(({ customerNo, at, place }) => (lineages.get(customerNo) ?? [customerNo]).map((no) => ({ no, at, place })));
  const { rows } = await client.query<Found & { place: number }>(
    `select distinct on (k.place) k.place, to_char(d.occasion_on, 'YYYY-MM-DD') as "occasionOn", d.run_no as "runNo", d.customer_no as "customerNo", d.occasion
      from unnest($1::int[], $2::timestamptz[], $3::int[]) as k (no, at, place) join send_delivery d on d.customer_no = k.no
      where d.account_no = $4 and d.handed_at > k.at - make_interval(days => $5) and d.handed_at <= k.at + make_interval(secs => $6) order by k.place, d.handed_at desc`,
    [all.map(({ no }) => no), all.map(({ at }) => at), all.map(({ place }) => place), accountNo, answerDays, clockSeconds]);
  return new Map(rows.map(({ place, ...found }) => [place, found]));
}

/** What a message costs is known when the provider tells of how many parts it was. */
const chargeParts = async (client: pg.PoolClient, { cost }: AccountRow, charged: readonly (Found & { parts: number })[]): Promise<unknown> => charged.length > 0 && client.query(
  `update send_delivery d set cost = $6::numeric * k.parts from unnest($1::date[], $2::int[], $3::int[], $4::text[], $5::int[]) as k (occasion_on, run_no, customer_no, occasion, parts)
    where d.occasion_on = k.occasion_on and d.run_no = k.run_no and d.customer_no = k.customer_no and d.occasion = k.occasion and $6::numeric > 0`,
  [charged.map((one) => one.occasionOn), charged.map((one) => one.runNo), charged.map((one) => one.customerNo), charged.map((one) => one.occasion), charged.map(({ parts }) => parts), cost]);

/** People by the numbers they count under today. */
async function asTheyCount(client: pg.PoolClient, receipts: readonly Receipt[]): Promise<Receipt[]> {
  const lineages = await lineagesOf(client, receipts.flatMap(({ customerNo }) => customerNo ?? []));
  return receipts.map((receipt) => ({ ...receipt, customerNo: receipt.customerNo === null ? null : (lineages.get(receipt.customerNo)?.[0] ?? null) }));
}
