import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { addMonths, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { type Arm, armsDuring, type ShareChange, universalSubject } from '../../../messaging/public.ts';
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
  experimentNo: number;
  /** When the first were drawn. */
  firstAt: Date;
  /** Since when the control group is as large as it is now: from then on the whole counts. */
  since: Date;
  arms: Arm[];
  changes: ShareChange[];
  control: Bitmap;
  reached: Bitmap;
  shares: readonly { n: number; share: number }[];
}

/** Whom no program reaches and whom they may, as they stand today; null before the gate drew anybody, and while no control group is kept. */
async function findDrawn({ messaging: { experiments } }: EffectDoors): Promise<Drawn | null> {
  const found = await experiments.find(universalSubject);
  if (!found) return null;
  const { arms, people: [control, reached] } = await experiments.peopleOf(found.experimentNo);
  if (control.size + reached.size === 0 || arms[0].share === 0) return null;
  const changes = await experiments.changesOf(found.experimentNo);
  return { experimentNo: found.experimentNo, firstAt: found.since, since: changes.at(-1)?.at ?? found.since, arms, changes, control, reached, shares: arms.map(({ share }, i) => ({ n: [control, reached][i].size, share })) };
}

/**
 * Works out the months and the whole that were never worked out, or long ago; returns how many. Where the control group was made larger or
 * smaller, the whole begins anew, because a person who was of both groups can be counted on neither side; and a month compares those who
 * were of the same group all through it. Who that is follows from the place at which each was drawn, at random and before anything was
 * done, so both sides stay alike: leaving out the places that were moved leaves out the same kind of people on either side.
 */
export async function keepUniversalEffect(doors: EffectDoors): Promise<number> {
  const { platform: { pg: pool, clock } } = doors;
  const drawn = await findDrawn(doors);
  if (!drawn) return 0;
  const [{ timeZone }, kept, dataVersion] = [await readBrand(pool), new Map((await readPeriods(pool)).map((each) => [each.period, each])), await doors.dataVersion()];
  const now = clock.now();
  const isOld = (one: KeptPeriod): boolean => !one.isFinal && one.dataVersion !== dataVersion && now.getTime() - one.computedAt.getTime() >= keptMs;
  // Of what goes on, and of a month that is not settled, who is compared is other than it was.
  const isDue = (one: KeptPeriod | undefined): boolean => !one || (!one.isFinal && one.computedAt < drawn.since) || isOld(one);
  const due = [...monthsOf(drawn.firstAt, now, timeZone).filter((month) => hadControl(drawn, month)), { period: whole, from: drawn.since, until: now, isOver: false }].filter(({ period }) => isDue(kept.get(period)));
  for (const { period, isOver, ...window } of due) {
    const isFinal = isOver && now.getTime() - window.until.getTime() >= settledDays * dayMs;
    await keepPeriod(pool, { period, dataVersion, computedAt: now, isFinal, figures: await figuresOf(doors, drawn, window, isOver, now) });
  }
  return due.length;
}

/** Whether somebody was held out all through a time. */
const hadControl = ({ arms, changes }: Drawn, { from, until }: { from: Date; until: Date }): boolean => armsDuring(arms, changes, from, until).every(([control]) => control.share > 0);

/** Months of the brand's calendar since people were drawn; the first begins when they were. */
function monthsOf(since: Date, now: Date, timeZone: string): { period: string; from: Date; until: Date; isOver: boolean }[] {
  const months: ReturnType<typeof monthsOf> = [];
  for (let day = `${dayIn(timeZone, since).slice(0, 7)}-01`; startOfDay(day, timeZone) < now; day = addMonths(day, 1)) {
    const [begins, ends] = [startOfDay(day, timeZone), startOfDay(addMonths(day, 1), timeZone)];
    months.push({ period: day.slice(0, 7), from: begins < since ? since : begins, until: ends < now ? ends : now, isOver: ends <= now });
  }
  return months.slice(-mostMonths);
}

async function figuresOf({ platform, messaging }: EffectDoors, { experimentNo, firstAt }: Drawn, { from, until }: Pick<Window, 'from' | 'until'>, isOver: boolean, now: Date): Promise<EffectPeriod> {
  const { currency } = await readBrand(platform.pg);
  const [control, reached] = await messaging.experiments.peopleThroughout(experimentNo, from, until);
  // Before anybody was drawn, not before the last change: what the groups bought then is the same but for chance.
  const window = { before: new Date(firstAt.getTime() - daysBefore * dayMs), beforeUntil: firstAt, from, until };
  const [ours, theirs] = await readOutcomes(platform, [reached, control], window, currency);
  return { from: from.toISOString(), until: until.toISOString(), isOver, ...effectOf(ours, theirs, isOver), computedAt: now.toISOString() };
}

/** How many people no program reaches while nothing is worked out about them yet; null while nobody is held out. */
export const heldOutNow = async (doors: EffectDoors): Promise<number | null> => (await findDrawn(doors))?.control.size ?? null;

/** What all programs together bring, as it was last worked out; null before. */
export async function universalEffect(doors: EffectDoors): Promise<UniversalEffect | null> {
  const { pg: pool } = doors.platform;
  const drawn = await findDrawn(doors);
  const [{ currency }, { marginPercent }, kept] = await Promise.all([readBrand(pool), readPolicy(pool), readPeriods(pool)]);
  const all = kept.find(({ period }) => period === whole);
  // What was added up before a change is of other groups.
  if (!drawn || !all || all.figures.from !== drawn.since.toISOString()) return null;
  const months = kept.filter(({ period }) => period !== whole).map(({ period, figures }) => ({ month: period, ...withMargin(figures, marginPercent) }));
  return { since: drawn.since.toISOString(), currency, marginPercent, sampleRatio: sampleRatio(drawn.shares),
    changes: drawn.changes.map(({ at, before, after, reason }) => ({ at: at.toISOString(), from: before[0].share / 10_000, to: after[0].share / 10_000, reason })), whole: withMargin(all.figures, marginPercent), months };
}
