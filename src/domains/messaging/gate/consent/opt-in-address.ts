import type pg from 'pg';
import type { ConsentChannel } from '../../../customers/contract.ts';
import type { Vault } from '../../../customers/public.ts';
import { openAddress } from '../../channels/addresses/address-text.ts';
import type { Channels } from '../../part.ts';

/** The ways by which somebody can be sent a link that nobody else has. */
export type SentChannel = 'email' | 'sms';
export const isSent = (channel: ConsentChannel): channel is SentChannel => channel === 'email' || channel === 'sms';

/** What an address is known by where it must not be kept. */
export const addressHash = (vault: Vault, channel: SentChannel, to: string): string => vault.hashOf(channel === 'email' ? 'email' : 'phone', '', openAddress(to).value);

/** The address of a person on a channel, by its hash; null where there is none, or nothing can be sent there now. */
export async function addressFor(client: pg.PoolClient, channels: Pick<Channels, 'isOpen' | 'addressesOf'>, vault: Vault, channel: SentChannel, customerNo: number): Promise<string | null> {
  if (!(await channels.isOpen(channel, client))) return null;
  const to = (await channels.addressesOf(client, channel, [customerNo])).get(customerNo);
  return to === undefined ? null : addressHash(vault, channel, to);
}
