import { Random } from './random.ts';
import { hourWeight, type Season, seasonAt, zoneOffsetMs } from './season.ts';
import { TimeScale } from './time-scale.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Two years, leap day or not. */
export const historyDays = 730;
/** How many times as many people come per day at the end as at the beginning. */
export const arrivalGrowth = 2.2;

/** Each part of a customer draws from a stream of its own, so that no part disturbs another. */
export const topics = {
  identity: 1,
  twin: 2,
  account: 3,
  alias: 4,
  buying: 5,
  basket: 6,
  refund: 7,
  visit: 8,
  consent: 9,
  tag: 10,
} as const;

/** What all customers share: the seed, the calendar and the two clocks. */
export interface World {
  seed: number;
  startMs: number;
  endMs: number;
  /** The brand's clock: purchase and drop-out rates are constant on it. */
  trade: TimeScale;
  /** The clock on which people come at a constant rate. */
  arrivals: TimeScale;
  seasonOf: (momentMs: number) => Season;
  /** How far the history has gone, 0 to 1. */
  partOf: (momentMs: number) => number;
  random: (index: number, topic: keyof typeof topics) => Random;
}

/** The world whose history of two years ends just before `endMs`. */
export function worldOf(seed: number, endMs: number): World {
  const startMs = endMs - historyDays * dayMs;
  const dayOf = (momentMs: number) => Math.floor((momentMs + zoneOffsetMs) / dayMs);
  const firstDay = dayOf(startMs);
  const seasons = Array.from({ length: historyDays + 1 }, (_, day) =>
    seasonAt((firstDay + day) * dayMs - zoneOffsetMs),
  );
  const seasonOf = (momentMs: number) => seasons[Math.max(0, dayOf(momentMs) - firstDay)];
  const partOf = (momentMs: number) => (momentMs - startMs) / (endMs - startMs);
  const hourOf = (hourStartMs: number) => new Date(hourStartMs + zoneOffsetMs).getUTCHours();
  return {
    seed,
    startMs,
    endMs,
    trade: new TimeScale(startMs, endMs, (hourStartMs) => {
      const season = seasonOf(hourStartMs);
      return season.trade * hourWeight(season, hourOf(hourStartMs));
    }),
    arrivals: new TimeScale(startMs, endMs, (hourStartMs) => {
      const season = seasonOf(hourStartMs);
      const campaign = season.promotion ? 1.25 : 1;
      const growth = arrivalGrowth ** partOf(hourStartMs);
      return season.trade ** 0.7 * campaign * growth * hourWeight(season, hourOf(hourStartMs));
    }),
    seasonOf,
    partOf,
    random: (index, topic) => new Random(seed, index, topics[topic]),
  };
}

/** The hour, 0 to 23, on a clock in China. */
export const hourInChina = (momentMs: number): number =>
  Math.floor((momentMs + zoneOffsetMs) / hourMs) % 24;

/** The day in China as the number 20251111. */
export function dayInChina(momentMs: number): number {
  const local = new Date(momentMs + zoneOffsetMs);
  return local.getUTCFullYear() * 10_000 + (local.getUTCMonth() + 1) * 100 + local.getUTCDate();
}
