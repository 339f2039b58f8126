import type pg from 'pg';
import { type HeldIdentifier, identifierKinds, type IdentifierKind, readIdentifiers, type Vault } from '../../../customers/public.ts';
import type { ChannelKind } from '../../contract/vocabulary.ts';
import type { Lane } from '../hand-over/lane.ts';
import { addressText } from './address-text.ts';
import { devicesOf } from './devices.ts';
import { readDeadHashes, readSuppressedHashes } from './dead.ts';

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
  const suppressed = await readSuppressedHashes(client, channel, held.map(hashOf));
  const usable = held.filter((identifier) => !dead.has(hashOf(identifier)) && suppressed.get(hashOf(identifier)) !== 'never');
  // What must not get marketing comes after all others: whoever has no other gets none, which the gate sees to.
  return firstOf(spaces, usable.map((identifier) => ({ customerNo: identifier.customerNo, space: identifier.namespace, value: identifier.value, isLast: suppressed.has(hashOf(identifier)) })));
}

/** Of each person's addresses, the oldest first, the newest in the first space that has any. */
function firstOf(spaces: readonly (string | null)[], held: readonly { customerNo: number; space: string; value: string; isLast?: boolean }[]): Map<number, string> {
  const best = new Map<number, { place: number; text: string }>();
  for (const { customerNo, space, value, isLast = false } of held) {
    const found = spaces.findIndex((each) => each === null || each === space);
    const place = found + (isLast ? spaces.length : 0);
    const known = best.get(customerNo);
    if (found >= 0 && (!known || place <= known.place)) best.set(customerNo, { place, text: addressText({ space: spaces[found] === null ? '' : space, value }) });
  }
  return new Map([...best].map(([customerNo, { text }]) => [customerNo, text]));
}

const hashOf = ({ id, kind }: HeldIdentifier): string => id.slice(kind.length + 1);
