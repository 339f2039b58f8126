import { z } from 'zod';
import { encodeBitmap } from '../../../kernel/bitmap/portable-write.ts';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { decodeNamedBitmaps } from '../../../kernel/bitmap/group-bitmap.ts';
import { canonicalNo } from '../../../platform/clickhouse/merge-dictionary.ts';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { type Audiences, Bindings, factsSql, resolveFacts } from '../../audiences/public.ts';
import { type FunnelAsked, funnelLimits, type FunnelSplit } from '../contract/funnels.ts';
import type { FunnelTimes } from './asked.ts';
import { printFirstOrders } from './print.ts';
import type { FunnelGroups } from './walk-funnel.ts';

/** How people are divided, and what each code is called; null for the rest. Code 0 is the first key. */
export interface Division {
  groups: FunnelGroups;
  keys: (string | null)[];
  /** Channels whose codes stand in the marks. */
  channels: string[] | null;
}

const most = funnelLimits.groups;
const limits = { timeoutMs: 60_000 };

/** Sets of people by what is known of them, the largest first. */
const setsSql: Record<'gender' | 'province' | 'first_channel', string> = {
  gender: `select toString(gender) as value, groupBitmapState(customer_no) as people from customer final where status = 'active' group by value order by count() desc, value limit ${most}`,
  province: `select toString(province) as value, groupBitmapState(customer_no) as people from customer final where status = 'active' group by value order by count() desc, value limit ${most}`,
  first_channel: `select toString(channel) as value, groupBitmapState(toUInt32(no)) as people
    from (select ${canonicalNo()} as no, argMin(channel, (occurred_at, fact_id)) as channel from order_line where customer_no > 0 and kind = 'sale' group by no)
    group by value order by count() desc, value limit ${most}`,
};

export async function divisionOf(platform: Platform, audiences: Audiences, asked: FunnelAsked, times: FunnelTimes): Promise<Division> {
  const { split } = asked;
  const nobody = { groups: null, keys: [null], channels: null };
  switch (split.by) {
    case 'none': return nobody;
    case 'channel': {
      const channels = await channelsOf(platform, asked, times);
      return { groups: { by: 'mark', count: channels.length }, keys: [null, ...channels], channels };
    }
    case 'newness': return { groups: { by: 'newness', firstOrders: printFirstOrders(times.shape.untilMs) }, keys: ['new', 'returning'], channels: null };
    case 'tag':
    case 'audience': return { ...nobody, groups: ofSets([await membersOf(audiences, split)]), keys: ['out', 'in'] };
    default: {
      const bytes = await Array.fromAsync(platform.reader.bytes(setsSql[split.by], 'RowBinary', {}, limits));
      const named = decodeNamedBitmaps(Buffer.concat(bytes));
      return { groups: ofSets(named.map(({ bitmap }) => bitmap)), keys: [null, ...named.map(({ name }) => name)], channels: null };
    }
  }
}

const ofSets = (sets: Bitmap[]): FunnelGroups => ({ by: 'sets', sets: sets.map(encodeBitmap) });

const membersOf = (audiences: Audiences, split: Extract<FunnelSplit, { by: 'tag' | 'audience' }>): Promise<Bitmap> =>
  audiences.peopleOf(split.by === 'tag' ? { kind: 'tag', tags: [split.tagId], match: 'any' } : { kind: 'audience', audienceId: split.audienceId });

/** Channels through which the first step most often came. */
async function channelsOf({ reader }: Platform, { steps: [{ facts }] }: FunnelAsked, { shape }: FunnelTimes): Promise<string[]> {
  const bind = new Bindings();
  const range = `occurred_at >= ${bind.moment(shape.fromMs)} and occurred_at < ${bind.moment(shape.untilMs)}`;
  const sql = `select toString(channel) as value, count() as times from ${facts.fact === 'event' ? 'event' : 'order_line'}
    where customer_no > 0 and ${range} and ${factsSql(resolveFacts(facts), bind)} group by value order by times desc, value limit ${most}`;
  const row = z.object({ value: z.string() });
  return (await ask(reader, question({ name: 'channels of a step', sql, params: z.record(z.string(), z.unknown()), row, limits }), bind.params)).map(({ value }) => value);
}
