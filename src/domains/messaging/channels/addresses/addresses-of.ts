import type pg from 'pg';
import { type HeldIdentifier, identifierKinds, type IdentifierKind, readIdentifiers, type Vault } from '../../../customers/public.ts';
import type { ChannelKind } from '../../contract/vocabulary.ts';
import type { Lane } from '../hand-over/lane.ts';
import { addressText } from './address-text.ts';
import { readDeadHashes } from './dead.ts';

/** What people of a channel are reached by. Of WeCom it is the external user id, an open id within the corporation. */
const kindOf: Partial<Record<ChannelKind, IdentifierKind>> = { email: 'email', sms: 'phone', wechat: 'openid', wecom: 'openid' };

/** Each person's best address of a channel: of the spaces that accounts reach the first, in it the newest of those that are not dead. */
export async function addressesOf(client: pg.ClientBase, vault: Vault, channel: ChannelKind, lanes: readonly Lane[], customerNos: readonly number[]): Promise<Map<number, string>> {
  if (channel === 'webhook') return new Map(customerNos.map((customerNo) => [customerNo, String(customerNo)]));
  const kind = kindOf[channel];
  if (kind === undefined || customerNos.length === 0) return new Map();
  const spaces = lanes.map(({ addressSpace }) => addressSpace);
  const held = await readIdentifiers(client as pg.PoolClient, vault, customerNos, [identifierKinds[kind]]);
  const dead = await readDeadHashes(client, held.map(hashOf));
  const best = new Map<number, { place: number; text: string }>();
  for (const identifier of held) {
    const { customerNo, namespace, value } = identifier;
    const place = spaces.findIndex((space) => space === null || space === namespace);
    if (place < 0 || dead.has(hashOf(identifier))) continue;
    const known = best.get(customerNo);
    const space = spaces[place] === null ? '' : namespace;
    // The oldest come first.
    if (!known || place <= known.place) best.set(customerNo, { place, text: addressText({ space, value }) });
  }
  return new Map([...best].map(([customerNo, { text }]) => [customerNo, text]));
}

const hashOf = ({ id, kind }: HeldIdentifier): string => id.slice(kind.length + 1);
