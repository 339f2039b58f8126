import { z } from 'zod';
import { channelKinds } from './vocabulary.ts';

const channel = z.enum(channelKinds);
/** A time of day, `22:00`. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** At most so many messages of marketing within a time that rolls on, over one channel or category, or over all. */
export const frequencyCap = z.object({
  most: z.number().int().min(1).max(100),
  per: z.object({ count: z.number().int().min(1).max(90), unit: z.enum(['hour', 'day']) }),
  channel: channel.nullable(),
  category: z.string().trim().min(1).max(60).nullable(),
});
export type FrequencyCap = z.infer<typeof frequencyCap>;

/** From one time of day until another nothing of marketing goes: it waits for the end, or is dropped. */
export const quietTime = z.object({
  from: timeOfDay,
  until: timeOfDay,
  /** None: all of them. */
  channels: z.array(channel).max(channelKinds.length),
  /** Whose clock it is. Where a person's is not known, the brand's. */
  clock: z.enum(['person', 'brand']),
  what: z.enum(['defer', 'drop']),
});
export type QuietTime = z.infer<typeof quietTime>;

/** What a platform allows at most, on a day or in a month of the brand's calendar: of a channel in all, or to one person. */
export const platformQuota = z.object({
  channel,
  of: z.enum(['channel', 'person']),
  per: z.enum(['day', 'month']),
  most: z.number().int().min(1).max(1_000_000_000),
});
export type PlatformQuota = z.infer<typeof platformQuota>;

/** The fewest months that decisions are kept: longer than the longest cap remembers, and than orders are counted for a campaign. */
export const leastKeptMonths = 7;

/** What the gate goes by. */
export const gateRules = z.object({
  caps: z.array(frequencyCap).max(20),
  quiet: z.array(quietTime).max(10),
  quotas: z.array(platformQuota).max(20),
  /** How many of 10,000 people no program of marketing reaches, so that what all of them together bring can be told. */
  universalControl: z.number().int().min(0).max(2_000),
  /** Nobody younger gets marketing; null for no such rule. */
  leastAge: z.number().int().min(1).max(120).nullable(),
  /** Whether those of unknown age get it. */
  reachesUnknownAge: z.boolean(),
  /** Who is in one of these audiences gets no marketing. */
  excludedAudiences: z.array(z.number().int().positive()).max(20),
  /** Whether an open complaint stops marketing. */
  complaintsStop: z.boolean(),
  /** For so many months it is kept who was decided about how, and what became of each message; older months are forgotten as a whole. */
  keptMonths: z.number().int().min(leastKeptMonths).max(120),
});
export type GateRules = z.infer<typeof gateRules>;

/** Until somebody sets others: one message a day and three a week, and none at night. */
export const firstRules: GateRules = {
  caps: [
    { most: 1, per: { count: 1, unit: 'day' }, channel: null, category: null },
    { most: 3, per: { count: 7, unit: 'day' }, channel: null, category: null },
  ],
  quiet: [{ from: '21:00', until: '09:00', channels: [], clock: 'person', what: 'defer' }],
  quotas: [{ channel: 'wecom', of: 'person', per: 'month', most: 30 }, { channel: 'wechat', of: 'person', per: 'month', most: 4 }],
  universalControl: 0,
  leastAge: 14,
  reachesUnknownAge: true,
  excludedAudiences: [],
  complaintsStop: true,
  keptMonths: 24,
};
