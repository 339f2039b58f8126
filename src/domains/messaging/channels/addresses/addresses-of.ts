import type pg from 'pg';
import { type HeldIdentifier, identifierKinds, type IdentifierKind, readIdentifiers, type Vault } from '../../../customers/public.ts';
import type { ChannelKind } from '../../contract/vocabulary.ts';
import type { Lane } from '../hand-over/lane.ts';
import { addressText } from './address-text.ts';
import { devicesOf } from './devices.ts';
import { readDeadHashes } from './dead.ts';

/** What people of a channel are reached by. Of WeCom it is the external user id, an open id within the corporation. */
const kindOf: Partial<Record<ChannelKind, IdentifierKind>> = { email: 'email', sms: 'phone', wechat: 'openid', wecom: 'openid' };

/** Each person's best address of a channel: of the spaces that accounts reach the first, in it the newest of those that are not dead. */
export async function addressesOf(client: pg.ClientBase, { vault, secret }: { vault: Vault; secret: string }, channel: ChannelKind, lanes: readonly Lane[], customerNos: readonly number[]): Promise<Map<number, string>> {
  if (channel === 'webhook') return new Map(customerNos.map((customerNo) => [customerNo, String(customerNo)]));
  const spaces = lanes.map(({ addressSpace }) => addressSpace);
  if (channel === 'app_push' || channel === 'web_push') return firstOf(spaces, (await devicesOf(client, secret, channel, customerNos)).toReversed());
  const kind = kindOf[channel];
  if (kind === undefined || customerNos.length === 0) return new Map();
  const held = await readIdentifiers(client as pg.PoolClient, vault, customerNos, [identifierKinds[kind]]);
  const dead = await readDeadHashes(client, held.map(hashOf));
  return firstOf(spaces, held.filter((identifier) => !dead.has(hashOf(identifier))).map(({ customerNo, namespace, value }) => ({ customerNo, space: namespace, value })));
}

/** Of each person's addresses, the oldest first, the newest in the first space that has any. */
function firstOf(spaces: readonly (string | null)[], held: readonly { customerNo: number; space: string; value: string }[]): Map<number, string> {
  const best = new Map<number, { place: number; text: string }>();
  for (const { customerNo, space, value } of held) {
    const place = spaces.findIndex((each) => each === null || each === space);
    const known = best.get(customerNo);
    if (place >= 0 && (!known || place <= known.place)) best.set(customerNo, { place, text: addressText({ space: spaces[place] === null ? '' : space, value }) });
  }
  return new Map([...best].map(([customerNo, { text }]) => [customerNo, text]));
}

const hashOf = ({ id, kind }: HeldIdentifier): string => id.slice(kind.length + 1);
