import type { Day } from '../../../kernel/day.ts';
import type { Days, FigureAsked, ItemBody } from '../contract.ts';
import type { Figures } from '../figures/figures.ts';
import { windowsUntil } from './rules/windows.ts';
import type { KeptReading, Watched } from './store.ts';

/** So many whole periods are shown of a rule. */
export const shownPeriods = 13;
/** Figures of the newest periods are read again at each look: data comes in late. */
const leastAgain = 2;

/** What the readings of a rule are of. */
export const figureKeyOf = ({ metric, window }: ItemBody<'monitor'>): string => JSON.stringify([window, metric?.metric ?? null, metric?.filter?.dimension, metric?.filter?.value]);

/** Periods of which a rule needs a figure: the newest, and those it has none of. */
export function wantedPeriods({ window, times }: ItemBody<'monitor'>, until: Day, kept: readonly Day[]): Days[] {
  return windowsUntil(window, until, shownPeriods).filter(({ to }, n) => n < Math.max(leastAgain, times) || !kept.includes(to));
}

/** The typed figure of a period: the newest of its days. */
export function typedIn({ typed }: Pick<ItemBody<'monitor'>, 'typed'>, { from, to }: Days): string | null {
  return typed.filter(({ day }) => from <= day && day <= to).toSorted((a, b) => b.day.localeCompare(a.day))[0]?.value ?? null;
}

/**
 * Reads figures of rules for their periods: those of the same days at once. What cannot be counted at the moment is told apart, so that one
 * that cannot keeps no other from being looked at.
 */
export async function measure(figures: Figures, wanted: readonly { rule: Watched; periods: readonly Days[] }[], now: Date, onFailure: (error: unknown) => void): Promise<{ readings: KeptReading[]; failed: Set<number> }> {
  const readings: KeptReading[] = [];
  const failed = new Set<number>();
  const live = new Map<string, { period: Days; asked: { itemNo: number; metric: FigureAsked }[] }>();
  for (const { rule: { itemNo, body }, periods } of wanted) {
    for (const period of periods) {
      if (body.metric) {
        const key = `${period.from} ${period.to}`;
        live.set(key, { period, asked: [...(live.get(key)?.asked ?? []), { itemNo, metric: body.metric }] });
        continue;
      }
      const value = typedIn(body, period);
      readings.push({ itemNo, ...period, state: value === null ? 'no_data' : 'known', value, computedAt: now });
    }
  }
  for (const { period, asked } of live.values()) {
    try {
      const read = await figures.read(asked.map(({ metric }) => metric), period);
      readings.push(...asked.map(({ itemNo }, n): KeptReading => ({ itemNo, ...period, state: read[n].state, value: read[n].value, computedAt: new Date(read[n].computedAt ?? now) })));
    } catch (error) {
      onFailure(error);
      for (const { itemNo } of asked) failed.add(itemNo);
    }
  }
  return { readings, failed };
}
