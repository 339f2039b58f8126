import type { Dimension } from '../dimensions.ts';
import { byAffinity, byMostBought, chooseSettings, type Foretold, foretold, type HeldOutOrders, sharesOf } from './hold-out.ts';
import type { Settings } from './settings.ts';

/** How well the last orders of people are foretold that settings were not chosen by, against the simple way. */
export interface Quality {
  dimension: Dimension;
  people: number;
  model: Foretold;
  baseline: Foretold;
}

/** With fewer people who came back, settings are the usual ones and nothing is said of the quality. */
export const leastTried = 100;

/** Chooses the settings of each dimension by every other of the people tried, and measures by the rest. */
export async function checkSettings(held: ReadonlyMap<Dimension, HeldOutOrders>, pause: () => Promise<void>): Promise<{ settings: Partial<Settings>; quality: Quality[] }> {
  const settings: Partial<Settings> = {};
  const quality: Quality[] = [];
  for (const [dimension, orders] of held) {
    if (orders.values < 2 || orders.hidden.length < leastTried) continue;
    const people = Array.from(orders.hidden.keys());
    const shares = sharesOf(orders, people);
    const chosen = await chooseSettings(orders, shares, people.filter((person) => person % 2 === 0), pause);
    const tried = people.filter((person) => person % 2 === 1);
    settings[dimension] = chosen;
    quality.push({
      dimension, people: tried.length,
      model: foretold(orders, shares, tried, byAffinity(orders, shares, chosen)), baseline: foretold(orders, shares, tried, byMostBought(orders)),
    });
    await pause();
  }
  return { settings, quality };
}
