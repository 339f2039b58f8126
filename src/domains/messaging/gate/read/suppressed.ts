import type pg from 'pg';
import { type IdentifierKind, identifierKinds } from '../../../customers/contract.ts';
import type { ChannelKind, MessagePurpose } from '../../contract.ts';

/** What people are known by is their address on these channels; addresses of the others are of those who reach them. */
export const addressKind: Partial<Record<ChannelKind, IdentifierKind>> = { email: 'email', sms: 'phone', wechat: 'openid' };

/** Who of these numbers is not to be reached there, by what stands of themselves or of a number of the shop's or a platform's. */
export async function readSuppressed(client: pg.PoolClient, numbers: readonly number[], channel: ChannelKind, purpose: MessagePurpose): Promise<Set<number>> {
  const { rows } = await client.query<{ no: number }>({
    name: 'gate.suppressed',
    text: `select customer_no as no from send_suppression
        where customer_no = any($1::int[]) and (channel is null or channel = $2) and (stops_service or $3)
      union all
      select i.customer_no from send_suppression s join identifier i on i.hash = s.hash and i.kind = s.kind
        where s.hash is not null and i.customer_no = any($1::int[]) and (s.channel is null or s.channel = $2) and (s.stops_service or $3)
          and s.kind is distinct from $4`,
    values: [numbers, channel, purpose === 'marketing', kindOn(channel)],
  });
  return new Set(rows.map((row) => row.no));
}

/**
 * Who of these people has an address there, and whether all they have are suppressed; whoever has none is absent. Null where
 * addresses are not what people are known by.
 */
export async function readAddressed(client: pg.PoolClient, personNos: readonly number[], channel: ChannelKind, purpose: MessagePurpose): Promise<Map<number, 'free' | 'suppressed'> | null> {
  const kind = kindOn(channel);
  if (kind === null) return null;
  const { rows } = await client.query<{ no: number; free: boolean }>({
    name: 'gate.addressed',
    text: `select i.customer_no as no, bool_or(s.hash is null) as free from identifier i
        left join send_suppression s on s.hash = i.hash and s.kind = i.kind and (s.channel is null or s.channel = $3) and (s.stops_service or $4)
      where i.customer_no = any($1::int[]) and i.kind = $2 group by i.customer_no`,
    values: [personNos, kind, channel, purpose === 'marketing'],
  });
  return new Map(rows.map(({ no, free }) => [no, free ? 'free' : 'suppressed']));
}

const kindOn = (channel: ChannelKind): number | null => {
  const kind = addressKind[channel];
  return kind ? identifierKinds[kind] : null;
};
