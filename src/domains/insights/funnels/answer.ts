import { z } from 'zod';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { TimeDimension } from '../contract/figures.ts';
import { type FunnelAsked, nextWithinHours } from '../contract/funnels.ts';
import type { Histories } from '../histories/histories.ts';
import type { InsightsDoors } from '../part.ts';
import { AnswerCache } from '../question/answer-cache.ts';
import { momentText } from '../../commerce/public.ts';
import { type FunnelTimes, timesOf, trendOf } from './asked.ts';
import { type Division, divisionOf } from './groups.ts';
import { printFunnelRows } from './print.ts';
import type { FunnelFigures, NextWanted, StepWanted } from './tally-funnel.ts';

/** Figures of a question with what they are of. */
export interface FunnelAnswered {
  figures: FunnelFigures;
  keys: Division['keys'];
  starts: string[];
  dataVersion: number;
  computedAt: string;
}

/** Names of events for which there is a code. */
const mostNames = 253;
const hourMs = 3_600_000;

const eventNames = question({
  name: 'events of a period',
  sql: `select name, count() as times from event where occurred_at >= {from:DateTime64(3, 'UTC')} and occurred_at < {until:DateTime64(3, 'UTC')} and name != ''
    group by name order by times desc, name limit {most:UInt32}`,
  params: z.object({ from: z.string(), until: z.string(), most: z.number() }),
  row: z.object({ name: z.string() }),
  limits: { timeoutMs: 60_000 },
});

/** The most frequent events between two moments. */
export const namesBetween = async ({ platform }: Pick<InsightsDoors, 'platform'>, fromMs: number, untilMs: number, most: number): Promise<string[]> =>
  (await ask(platform.reader, eventNames, { from: momentText(new Date(fromMs)), until: momentText(new Date(untilMs)), most })).map(({ name }) => name);

export interface FunnelAnswers {
  /** Kept while the data stays as it is, for the minute. */
  answer(asked: FunnelAsked, by: TimeDimension, fresh: boolean): Promise<FunnelAnswered>;
  people(asked: FunnelAsked, wanted: Omit<StepWanted, 'group'> & { group: { key: string | null } | null }): Promise<number[]>;
  /** What those did next who got no further than a step: names of events by code from 1 on. */
  next(asked: FunnelAsked, step: number): Promise<{ figures: FunnelFigures; names: string[]; computedAt: string }>;
}

export function createFunnelAnswers(doors: InsightsDoors, histories: Histories): FunnelAnswers {
  const { platform, audiences, dataVersion } = doors;
  const cache = new AnswerCache<FunnelAnswered>({ answers: 200, rows: 200_000 }, ({ figures }) => figures.stopped.length + figures.entered.length);
  const prepare = async (asked: FunnelAsked) => {
    const { timeZone } = await readBrand(platform.pg);
    const times = timesOf(asked, timeZone, platform.clock.now());
    return { timeZone, times };
  };
  const walk = (asked: FunnelAsked, { shape, readUntilMs, nowMs }: FunnelTimes, { groups, channels }: Pick<Division, 'groups' | 'channels'>, more: {
    buckets?: number[]; wanted?: StepWanted; next?: NextWanted; kinds?: string[];
  }) => {
    const untilMs = readUntilMs + (more.next?.withinMs ?? 0);
    const rows = printFunnelRows({ steps: asked.steps, fromMs: shape.fromMs, untilMs, channels, kinds: more.kinds ?? null });
    return histories.funnel({ rows, shape, groups, nowMs, buckets: more.buckets ?? [shape.fromMs], wanted: more.wanted ?? null, next: more.next ?? null });
  };
  return {
    async answer(asked, by, fresh) {
      const [{ timeZone, times }, version] = await Promise.all([prepare(asked), dataVersion()]);
      const { starts, moments } = trendOf(asked, by, timeZone);
      return cache.get(JSON.stringify([asked, by, times]), version, fresh, async () => {
        const computedAt = platform.clock.now().toISOString();
        const division = await divisionOf(platform, audiences, asked, times);
        return { figures: await walk(asked, times, division, { buckets: moments }), keys: division.keys, starts, dataVersion: version, computedAt };
      });
    },
    async people(asked, { group, ...wanted }) {
      const { times } = await prepare(asked);
      const division = group ? await divisionOf(platform, audiences, asked, times) : { groups: null, channels: null, keys: [] };
      const code = group ? division.keys.indexOf(group.key) : null;
      if (code === -1) return [];
      return (await walk(asked, times, division, { wanted: { ...wanted, group: code } })).wanted;
    },
    async next(asked, step) {
      const { times } = await prepare(asked);
      const withinMs = nextWithinHours * hourMs;
      const names = await namesBetween(doors, times.shape.fromMs, times.readUntilMs + withinMs, mostNames);
      const computedAt = platform.clock.now().toISOString();
      return { figures: await walk(asked, times, { groups: null, channels: null }, { next: { step, withinMs }, kinds: names }), names, computedAt };
    },
  };
}
