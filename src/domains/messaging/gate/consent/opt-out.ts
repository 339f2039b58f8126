import type pg from 'pg';
import { type ConsentChannel, consentChannels, identifierKinds } from '../../../customers/contract.ts';
import type { Customers } from '../../../customers/public.ts';
import { type ChannelKind, consentOf } from '../../contract.ts';
import type { OptOut, Suppression } from '../../part.ts';
import { addressKind } from '../read/suppressed.ts';
import { addressOf, addSuppressions } from '../suppressions/store.ts';

type Vaulted = Pick<Customers, 'vault' | 'consents'>;

/** Keeps that somebody wants no more. Whose address nobody has is put on the list by it, so that it holds also for who turns up with it. */
export async function optOut(client: pg.PoolClient, { vault, consents }: Vaulted, { whom, channel, source, evidence, at }: OptOut): Promise<void> {
  if ('customerNo' in whom) {
    await consents.record(client, withdrawn([whom.customerNo], channel, source, evidence, at));
    return;
  }
  const address = addressAt(vault, channel, whom.address);
  if (!address) return;
  const { rows } = await client.query<{ no: number }>('select distinct customer_no as no from identifier where hash = $1 and kind = $2', [address.hash, identifierKinds[address.kind]]);
  if (rows.length > 0) await consents.record(client, withdrawn(rows.map((row) => row.no), channel, source, evidence, at));
  else await addSuppressions(client, [{ reason: 'by_hand', channel, stopsService: false, customerNo: null, address }], source, at);
}

const withdrawn = (customerNos: readonly number[], channel: ChannelKind | null, source: string, evidence: OptOut['evidence'], at: Date) =>
  customerNos.flatMap((customerNo) => consentChannelsOf(channel).map((way) => ({ customerNo, channel: way, purpose: 'marketing' as const, granted: false, at, source, evidence, actor: source })));

/** What is refused by refusing a channel; all ways by refusing all. */
function consentChannelsOf(channel: ChannelKind | null): readonly ConsentChannel[] {
  if (channel === null) return consentChannels;
  const about = consentOf(channel, 'marketing');
  return about ? [about.channel] : [];
}

const addressAt = (vault: Customers['vault'], channel: ChannelKind | null, text: string) => {
  const kind = channel === null ? undefined : addressKind[channel];
  return kind && addressOf(vault, kind, text);
};

/** Keeps that an address is of no use, or that somebody complained. */
export async function suppress(client: pg.PoolClient, vault: Customers['vault'], { whom, channel, reason, by, at }: Suppression): Promise<void> {
  const address = 'address' in whom ? addressAt(vault, channel, whom.address) : undefined;
  if (!address && 'address' in whom) return;
  await addSuppressions(client, [{ reason, channel, stopsService: reason === 'hard_bounce', customerNo: 'customerNo' in whom ? whom.customerNo : null, address: address ?? null }], by, at);
}
