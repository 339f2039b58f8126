import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { addMonths, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { universalSubject } from '../../../messaging/public.ts';
import type { EffectPeriod, UniversalEffect } from '../../contract/effect.ts';
import type { CampaignsDoors } from '../../part.ts';
import { readPolicy } from '../../plans/policy.ts';
import { readOutcomes, type Window } from '../outcomes/outcomes.ts';
import { sampleRatio } from '../statistics/sample-ratio.ts';
import { effectOf, withMargin } from './effect-of.ts';
import { keepPeriod, readPeriods, type KeptPeriod } from './kept-periods.ts';

export type EffectDoors = Pick<CampaignsDoors, 'platform' | 'messaging' | 'dataVersion'>;

const dayMs = 86_400_000;
/** What people bought in so many days before anybody was drawn sharpens what they bought after. */
const daysBefore = 90;
/** Returns and late facts come for so long after a month is over. */
const settledDays = 7;
/** What still changes is worked out again after so long. */
const keptMs = 21_600_000;
/** Older ones are left as they are. */
const mostMonths = 24;
export const whole = 'all';

interface Drawn {
  since: Date;
  control: Bitmap;
  reached: Bitmap;
  shares: readonly { n: number; share: number }[];
}

/** Whom no program reaches and whom they may, as they stand today; null before the gate drew anybody. */
async function findDrawn({ messaging: { experiments } }: EffectDoors): Promise<Drawn | null> {
  const found = await experiments.find(universalSubject);
  if (!found) return null;
  const { arms, people: [control, reached] } = await experiments.peopleOf(found.experimentNo);
  return control.size + reached.size === 0 ? null : { since: found.since, control, reached, shares: arms.map(({ share }, i) => ({ n: [control, reached][i].size, share })) };
}

/** Works out the months and the whole that were never worked out, or long ago; returns how many. */
export async function keepUniversalEffect(doors: EffectDoors): Promise<number> {
  const { platform: { pg: pool, clock } } = doors;
  const drawn = await findDrawn(doors);
  if (!drawn) return 0;
  const [{ timeZone }, kept, dataVersion] = [await readBrand(pool), new Map((await readPeriods(pool)).map((each) => [each.period, each])), await doors.dataVersion()];
  const now = clock.now();
  const isDue = (one: KeptPeriod | undefined): boolean => !one || (!one.isFinal && one.dataVersion !== dataVersion && now.getTime() - one.computedAt.getTime() >= keptMs);
  const due = [...monthsOf(drawn.since, now, timeZone), { period: whole, from: drawn.since, until: now, isOver: false }].filter(({ period }) => isDue(kept.get(period)));
  for (const { period, isOver, ...window } of due) {
    const isFinal = isOver && now.getTime() - window.until.getTime() >= settledDays * dayMs;
    await keepPeriod(pool, { period, dataVersion, computedAt: now, isFinal, figures: await figuresOf(doors, drawn, window, isOver, now) });
  }
  return due.length;
}

/** Months of the brand's calendar since people were drawn; the first begins when they were. */
function monthsOf(since: Date, now: Date, timeZone: string): { period: string; from: Date; until: Date; isOver: boolean }[] {
  const months: ReturnType<typeof monthsOf> = [];
  for (let day = `${dayIn(timeZone, since).slice(0, 7)}-01`; startOfDay(day, timeZone) < now; day = addMonths(day, 1)) {
    const [begins, ends] = [startOfDay(day, timeZone), startOfDay(addMonths(day, 1), timeZone)];
    months.push({ period: day.slice(0, 7), from: begins < since ? since : begins, until: ends < now ? ends : now, isOver: ends <= now });
  }
  return months.slice(-mostMonths);
}

async function figuresOf({ platform }: EffectDoors, { since, reached, control }: Drawn, { from, until }: Pick<Window, 'from' | 'until'>, isOver: boolean, now: Date): Promise<EffectPeriod> {
  const { currency } = await readBrand(platform.pg);
  const window = { before: new Date(since.getTime() - daysBefore * dayMs), beforeUntil: since, from, until };
  const [ours, theirs] = await readOutcomes(platform, [reached, control], window, currency);
  return { from: from.toISOString(), until: until.toISOString(), isOver, ...effectOf(ours, theirs, isOver), computedAt: now.toISOString() };
}

/** What all programs together bring, as it was last worked out; null before. */
export async function universalEffect(doors: EffectDoors): Promise<UniversalEffect | null> {
  const { pg: pool } = doors.platform;
  const drawn = await findDrawn(doors);
  const [{ currency }, { marginPercent }, kept] = await Promise.all([readBrand(pool), readPolicy(pool), readPeriods(pool)]);
  const all = kept.find(({ period }) => period === whole);
  if (!drawn || !all) return null;
  const months = kept.filter(({ period }) => period !== whole).map(({ period, figures }) => ({ month: period, ...withMargin(figures, marginPercent) }));
  return { since: drawn.since.toISOString(), currency, marginPercent, sampleRatio: sampleRatio(drawn.shares), whole: withMargin(all.figures, marginPercent), months };
}
