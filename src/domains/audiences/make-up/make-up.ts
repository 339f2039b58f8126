import { setImmediate } from 'node:timers/promises';
import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { dayIn } from '../../../kernel/day.ts';
import { inTurns } from '../../../kernel/in-turns.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { MakeUp } from '../contract/make-up.ts';
import type { Rule } from '../contract/rule.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import { resolveNow } from '../preview/preview.ts';
import type { Present } from '../resolve/moments.ts';
import type { DataVersions } from '../set/data-versions.ts';
import { createMerges } from '../set/merged-numbers.ts';
import type { SetEvaluator } from '../set/evaluator.ts';
import { readBands } from './bands.ts';
import { pOfShares, tgiOf } from './significance.ts';
import { attributeSources, readValueSets, type ValueSet, type ValueSource, valueSources } from './value-sets.ts';

type Trait = MakeUp['traits'][number];

/** Names of traits and their values in the reader's language. */
export interface TraitWords {
  trait(label: string): string;
  value(trait: string, value: string): string;
}

export interface MakeUpParts {
  platform: Platform;
  fields: FieldRegistry;
  evaluator: SetEvaluator;
  versions: DataVersions;
}

export type ReadMakeUp = (rule: Rule, against: Rule | undefined, words: TraitWords) => Promise<MakeUp>;

/** Questions put to ClickHouse at once. */
const atOnce = 2;

interface Labelled {
  trait: string;
  label: ValueSource['label'];
  sets: ValueSet[];
}

/** What people are like. The people of each value are read once for a version of the data, whichever audience is looked at. */
export function createMakeUp({ platform, fields, evaluator, versions }: MakeUpParts): ReadMakeUp {
  const { reader, pg, clock } = platform;
  const merges = createMerges(reader);
  const kept = new Map<string, { version: string; read: Promise<Labelled[]> }>();
  const keep = (name: string, version: string, read: () => Promise<Labelled[]>): Promise<Labelled[]> => {
    const found = kept.get(name);
    if (found?.version === version) return found.read;
    const reading = read();
    reading.catch(() => kept.delete(name));
    kept.set(name, { version, read: reading });
    return reading;
  };
  const readAll = async (present: Present): Promise<Labelled[]> => {
    const [version, byMerges] = [await versions(), await merges()];
    const attributes = await attributeSources(platform, fields);
    const tasks = [...valueSources(fields), ...attributes].map((source) => () => keep(source.trait, version[source.changesWith], async () =>
      [{ trait: source.trait, label: source.label, sets: await readValueSets(reader, source, byMerges) }]));
    const day = dayIn(present.timeZone, present.now);
    const bands = () => keep('bands', `${version.facts} ${day}`, async () => {
      const read = await readBands(reader, version, present, await evaluator.everybody());
      return read.map(({ trait, sets }) => ({ trait, sets, label: `audiences:makeUp.${trait}.label` }));
    });
    const found = await inTurns(atOnce, [bands, ...tasks], (task) => task());
    return [...tasks, bands].flatMap((task) => found.get(task) ?? []).filter(({ sets }) => sets.length > 0);
  };

  return async (rule, against, words) => {
    const startedMs = performance.now();
    const now = clock.now();
    const meant = async (given: Rule): Promise<Bitmap> => evaluator.evaluate(await resolveNow(platform, fields, given));
    const [audience, base, { timeZone }] = await Promise.all([meant(rule), against ? meant(against) : evaluator.everybody(), readBrand(pg)]);
    const both = base.and(audience);
    const rest = base.size - both.size;
    const traits: Trait[] = [];
    for (const { trait, label, sets } of await readAll({ now, timeZone, untilMs: null })) {
      // Sets of millions are counted: others have their turn between.
      await setImmediate();
      traits.push({
        trait,
        label: typeof label === 'string' ? words.trait(label) : label.name,
        values: sets.map(({ name, bitmap }) => {
          const inAudience = audience.andSize(bitmap);
          const inBase = base.andSize(bitmap);
          const inRest = inBase - (both.size === audience.size ? inAudience : both.andSize(bitmap));
          const tgi = tgiOf(inAudience, audience.size, inBase, base.size);
          return { value: name, label: words.value(trait, name), inAudience, inBase, tgi, pValue: pOfShares(inAudience, audience.size, inRest, rest) };
        }),
      });
    }
    return { size: audience.size, base: base.size, traits, computedAt: now.toISOString(), tookMs: Math.round(performance.now() - startedMs) };
  };
}
