import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { dayIn } from '../../../kernel/day.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { type PreferenceResult, preferenceResult } from '../contract/preference.ts';
import { modelKind, type ModelRun } from '../models/model-kind.ts';
import { checkSettings } from './affinity/check.ts';
import { type Base, withUsual } from './affinity/settings.ts';
import { credibilityOf, limitsOf } from './credibility.ts';
import { dimensions, firstCode, type Values } from './dimensions.ts';
import { learnBase, powerHalfLifeDays } from './learn-base.ts';
import type { OrdersParams, Scope } from './orders-sql.ts';
import { mostOf, readPeopleByValue, readPreferrers, readSpent, readTiers, readWeek } from './read-figures.ts';
import { readHeldOut } from './read-held-out.ts';
import { keepPrices, readBands, readExtent, readValues } from './read-values.ts';
import { scorePeople, type Scoring } from './score-people.ts';

/** What the engine holds of so many people at once is below a gigabyte. */
const rangeSize = 2 ** 19;
const shown = { values: 50, categories: 20, traitValues: 40 } as const;

/** Preferences and purchasing power of everybody, computed in the engine, some people at a time. */
export const preferenceKind = (platform: Platform) => modelKind({
  kind: 'preference',
  params: z.object({}),
  result: preferenceResult,
  begins: { reading: 0, fitting: 0.1, checking: 0.15, scoring: 0.35, keeping: 0.92 },
  run: (run) => computePreference(platform, run),
  forget: (modelId) => forgetPreference(platform, modelId),
  async isThere(modelId, result) {
    if (result.tiers.length === 0) return true;
    const [{ there }] = (await platform.clickhouse.rows('select toUInt8(count() > 0) as there from preference where model_id = {modelId:UInt32}', { modelId })) as { there: number }[];
    return there === 1;
  },
});
export type PreferenceKind = ReturnType<typeof preferenceKind>;

async function forgetPreference({ clickhouse }: Platform, modelId: number): Promise<void> {
  for (const table of ['preference', 'preference_price']) await clickhouse.command(`alter table ${table} drop partition {modelId:UInt32}`, { modelId });
}

async function computePreference(platform: Platform, { modelId, asOf, tell, signal }: ModelRun<object>): Promise<PreferenceResult> {
  const { clickhouse, reader, pg } = platform;
  const { timeZone, currency } = await readBrand(pg);
  const params: OrdersParams = { model: modelId, zone: timeZone, currency, asOf: Math.floor(asOf.getTime() / 1000) };
  const pause = async (): Promise<void> => {
    await nextTurn();
    signal.throwIfAborted();
  };
  // What a run before it left half way.
  await forgetPreference(platform, modelId);
  const extent = await readExtent(reader, params);
  if (extent.lines === 0) throw new Problem('insights.preference_nothing_sold', { status: 422 });
  await keepPrices(clickhouse, params);
  await tell('reading', 0.5);
  const values = await readValues(reader, params);
  const everybody = { from: 1, until: extent.highest + 1 };
  await tell('fitting', 0);
  const held = await readHeldOut(reader, params, values, everybody, extent.people);
  const { settings: chosen, quality } = await checkSettings(held, pause);
  const settings = withUsual(chosen);
  const ranges = Array.from({ length: Math.ceil(everybody.until / rangeSize) }, (_, i) => ({ from: Math.max(1, i * rangeSize), until: (i + 1) * rangeSize }));
  const scopes: Scope[] = [...ranges, 'merged'];
  const { base, boughtAt } = await learnBase(reader, params, values, settings, scopes, extent.people, (share) => tell('checking', share));
  const credibility = credibilityOf(boughtAt);
  const limits = limitsOf(credibility, boughtAt);
  const scoring: Scoring = { values, settings, base, credibility, tiers: limits.tiers };
  for (const [i, scope] of scopes.entries()) {
    await tell('scoring', i / scopes.length);
    await scorePeople(clickhouse, params, scope, scoring);
  }
  await tell('keeping', 0);
  return {
    ...await figuresOf(platform, params, values, base, { ranges, today: dayIn(timeZone, asOf), tell: (share) => tell('keeping', share) }),
    lines: extent.lines, people: extent.people, withoutPrice: extent.withoutPrice, inOtherCurrency: extent.inOtherCurrency, learntFrom: boughtAt.items.length,
    settings: dimensions.map((dimension) => ({ dimension, ...settings[dimension] })),
    quality,
    power: { ...credibility, halfLifeDays: powerHalfLifeDays, limits: limits.tiers, hundredths: limits.hundredths },
  };
}

interface Keeping {
  ranges: { from: number; until: number }[];
  today: string;
  tell(share: number): Promise<void>;
}

/** What the page shows: read once, for it does not change until the next run. */
async function figuresOf({ reader }: Platform, params: OrdersParams, values: Values, base: Base, { ranges, today, tell }: Keeping): Promise<Pick<PreferenceResult, 'tiers' | 'values' | 'preferrers' | 'week' | 'bands'>> {
  const { model } = params;
  const byValue = await readPeopleByValue(reader, model);
  const spent = new Map<number, bigint>();
  const byTrait = new Map<string, { category: string; trait: PreferenceResult['preferrers'][number]['traits'][number]['trait']; value: string; people: number }>();
  for (const [i, scope] of [...ranges, 'merged' as const].entries()) {
    await tell(i / (ranges.length + 1));
    for (const { tier, value } of await readSpent(reader, params, scope)) spent.set(tier, (spent.get(tier) ?? 0n) + (parseDecimal(value) ?? 0n));
    if (scope === 'merged') continue;
    for (const row of await readPreferrers(reader, model, scope, today)) {
      const key = JSON.stringify([row.category, row.trait, row.value]);
      byTrait.set(key, { ...row, people: row.people + (byTrait.get(key)?.people ?? 0) });
    }
  }
  const categories = byValue.filter(({ dimension }) => dimension === 'category').slice(0, shown.categories).map(({ value, people }) => ({ category: value, people }));
  const bands = Map.groupBy(await readBands(reader, model), ({ category }) => category);
  return {
    tiers: (await readTiers(reader, model)).map(({ tier, people }) => ({ tier, people, value: formatDecimal(spent.get(tier) ?? 0n) })),
    values: dimensions.flatMap((dimension) => byValue.filter((row) => row.dimension === dimension).slice(0, shown.values)
      .map((row) => ({ ...row, share: base.get(firstCode(dimension) + values[dimension].indexOf(row.value)) ?? 0 }))),
    preferrers: preferrersOf(categories, [...byTrait.values()]),
    week: indexed(await readWeek(reader, model)),
    bands: values.category.slice(0, shown.categories).map((category) => ({
      category, lowest: [1, 2, 3, 4, 5].map((band) => bands.get(category)?.find((each) => each.band === band)?.lowest ?? null),
    })),
  };
}

/** Shares of a trait among who prefers a category, against everybody of whom the trait is known. */
export function preferrersOf(categories: readonly { category: string; people: number }[], rows: readonly { category: string; trait: 'channel' | 'province' | 'age'; value: string; people: number }[]): PreferenceResult['preferrers'] {
  const sum = (of: readonly { people: number }[]): number => of.reduce((all, { people }) => all + people, 0);
  return categories.map(({ category, people }) => ({
    category, people,
    traits: (['channel', 'province', 'age'] as const).flatMap((trait) => {
      const [base, own] = [rows.filter((row) => row.trait === trait), rows.filter((row) => row.trait === trait && row.category === category)];
      const [all, size] = [sum(base), sum(own)];
      return mostOf(own, shown.traitValues).map((row) => {
        const inBase = sum(base.filter(({ value }) => value === row.value));
        return { trait, value: row.value, people: row.people, inBase, tgi: (row.people / size / (inBase / all)) * 100 };
      });
    }),
  }));
}

/** People of each hour and weekday, against as many as there would be if the one had nothing to do with the other. */
export function indexed(cells: readonly { hour: number; weekday: number; people: number }[]): PreferenceResult['week'] {
  const sum = (is: (cell: (typeof cells)[number]) => boolean): number => cells.reduce((all, cell) => all + (is(cell) ? cell.people : 0), 0);
  const all = sum(() => true);
  return cells.map((cell) => ({ ...cell, index: (100 * cell.people * all) / (sum(({ hour }) => hour === cell.hour) * sum(({ weekday }) => weekday === cell.weekday)) }));
}
