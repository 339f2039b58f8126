import type pg from 'pg';
import { type ConsentChannel, consentChannels, identifierKinds } from '../../../customers/contract.ts';
import type { Customers } from '../../../customers/public.ts';
import { type ChannelKind, consentOf } from '../../contract.ts';
import type { MessageOf, OptOut, Suppression, Whom } from '../../part.ts';
import { addressKind } from '../read/suppressed.ts';
import { type Address, addressOf, addSuppressions } from '../suppressions/store.ts';

/** Keeps what became of a message by which somebody refused. */
export type OptOutTaker = (client: pg.PoolClient, message: MessageOf, at: Date) => Promise<void>;

type Vaulted = Pick<Customers, 'vault' | 'consents'>;

/** Keeps that somebody wants no more. Whose address nobody has is put on the list by it, so that it holds also for who turns up with it. */
export async function optOut(client: pg.PoolClient, { vault, consents }: Vaulted, { whom, channel, source, evidence, at }: OptOut): Promise<void> {
  const { customerNos, address } = await ownersOf(client, vault, whom, channel);
  if (customerNos.length > 0) await consents.record(client, withdrawn(customerNos, channel, source, evidence, at));
  else if (address) await addSuppressions(client, [{ reason: 'by_hand', channel, stopsService: false, customerNo: null, address }], source, at);
}

const withdrawn = (customerNos: readonly number[], channel: ChannelKind | null, source: string, evidence: OptOut['evidence'], at: Date) =>
  customerNos.flatMap((customerNo) => consentChannelsOf(channel).map((way) => ({ customerNo, channel: way, purpose: 'marketing' as const, granted: false, at, source, evidence, actor: source })));

/** What is refused by refusing a channel; all ways by refusing all. */
function consentChannelsOf(channel: ChannelKind | null): readonly ConsentChannel[] {
  if (channel === null) return consentChannels;
  const about = consentOf(channel, 'marketing');
  return about ? [about.channel] : [];
}

/** Keeps that an address is of no use, or that somebody complained: by the address where it is one everywhere, else by who has it. */
export async function suppress(client: pg.PoolClient, vault: Customers['vault'], { whom, channel, reason, by, at }: Suppression): Promise<void> {
  const { customerNos, address } = await ownersOf(client, vault, whom, channel);
  const entry = { reason, channel, stopsService: reason === 'hard_bounce' };
  const entries = address ? [{ ...entry, customerNo: null, address }] : customerNos.map((customerNo) => ({ ...entry, customerNo, address: null }));
  await addSuppressions(client, entries, by, at);
}

/** Who is meant, and by which address where it is valid everywhere. An open id is valid in one app, and only who is known has one. */
async function ownersOf(client: pg.PoolClient, vault: Customers['vault'], whom: Whom, channel: ChannelKind | null): Promise<{ customerNos: number[]; address: Address | null }> {
  if ('customerNo' in whom) return { customerNos: [whom.customerNo], address: null };
  const kind = channel && addressKind[channel];
  if (!kind) return { customerNos: [], address: null };
  const isEverywhere = kind === 'phone' || kind === 'email';
  const namespaces = isEverywhere ? [''] : (await client.query<{ namespace: string }>('select namespace from identifier_namespace where kind = $1', [identifierKinds[kind]])).rows.map((row) => row.namespace);
  const addresses = namespaces.flatMap((namespace) => addressOf(vault, kind, whom.address, namespace) ?? []);
  const { rows } = await client.query<{ no: number }>('select distinct customer_no as no from identifier where hash = any($1::uuid[]) and kind = $2', [addresses.map(({ hash }) => hash), identifierKinds[kind]]);
  return { customerNos: rows.map((row) => row.no), address: isEverywhere ? addresses[0] ?? null : null };
}
