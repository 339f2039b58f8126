import type pg from 'pg';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { identifierKinds } from '../../../customers/public.ts';
import type { ChannelKind } from '../../contract/vocabulary.ts';
import { inTime } from '../../gate/read/in-time.ts';
import type { Lane } from '../hand-over/lane.ts';

/** A set that takes longer is not told. */
const longestMs = 5_000;

/** Where addresses of a channel are kept that are valid within an app alone. */
const heldIn: Partial<Record<ChannelKind, string>> = {
  wechat: `select customer_no from identifier where kind = ${identifierKinds.openid} and ($2 or namespace = any($1::text[]))`,
  wecom: `select customer_no from identifier where kind = ${identifierKinds.openid} and ($2 or namespace = any($1::text[]))`,
  app_push: "select customer_no from channel_address where channel = 'app_push' and ($2 or address_space = any($1::text[]))",
  web_push: "select customer_no from channel_address where channel = 'web_push' and ($2 or address_space = any($1::text[]))",
};

/**
 * Who has an address that an account of a channel reaches: an open id of its app, a device that has it. Of a channel without accounts it is
 * whoever has any. Null where any account reaches all addresses there are, or it could not be told in time.
 */
export async function addressed(pool: pg.Pool, channel: ChannelKind, lanes: readonly Pick<Lane, 'addressSpace'>[]): Promise<Bitmap | null> {
  const held = heldIn[channel];
  if (held === undefined) return null;
  return inTime(pool, longestMs, async (client) => {
    const { rows: [{ nos }] } = await client.query<{ nos: number[] | null }>(
      // Whom somebody became one with has their address.
      `with recursive way (no) as (${held} union select c.merged_into from way join customer c on c.customer_no = way.no where c.merged_into is not null) select array_agg(no order by no) as nos from way`,
      [lanes.flatMap(({ addressSpace }) => addressSpace ?? []), lanes.length === 0 || lanes.some(({ addressSpace }) => addressSpace === null)]);
    return Bitmap.fromSorted(Uint32Array.from(nos ?? []));
  });
}
