import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { MakeUp } from '../contract/make-up.ts';
import type { Rule } from '../contract/rule.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import { resolveNow } from '../preview/preview.ts';
import type { DataVersions } from '../set/data-versions.ts';
import type { SetEvaluator } from '../set/evaluator.ts';
import { bandedTraits } from './bands.ts';
import { pOfShares, tgiOf } from './significance.ts';
import { readValueSets, type ValueSet, valueSources } from './value-sets.ts';

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

interface Kept {
  version: string;
  sets: Promise<ValueSet[]>;
}

/** What people are like. The people of each value are read once for a version of the data, whichever audience is looked at. */
export function createMakeUp({ platform, fields, evaluator, versions }: MakeUpParts): ReadMakeUp {
  const kept = new Map<string, Kept>();
  return async (rule, against, words) => {
    const startedMs = performance.now();
    const computedAt = platform.clock.now().toISOString();
    const version = await versions();
    const meant = async (given: Rule): Promise<Bitmap> => evaluator.evaluate(await resolveNow(platform, fields, given));
    const [audience, base] = await Promise.all([meant(rule), against ? meant(against) : evaluator.everybody()]);
    const rest = base.andNot(audience);
    const traitOf = (trait: string, label: string, sets: readonly ValueSet[]): Trait => ({
      trait,
      label: words.trait(label),
      values: sets.map(({ name, bitmap }) => {
        const inAudience = audience.andSize(bitmap);
        const inBase = base.andSize(bitmap);
        const tgi = tgiOf(inAudience, audience.size, inBase, base.size);
        return { value: name, label: words.value(trait, name), inAudience, inBase, tgi, pValue: pOfShares(inAudience, audience.size, rest.andSize(bitmap), rest.size) };
      }),
    });
    const traits: Trait[] = [];
    for (const source of valueSources(fields)) {
      const now = source.changesWith === 'facts' ? version.facts : version.customers;
      let found = kept.get(source.trait);
      if (found?.version !== now) {
        found = { version: now, sets: readValueSets(platform.reader, source, version) };
        found.sets.catch(() => kept.delete(source.trait));
        kept.set(source.trait, found);
      }
      const sets = await found.sets;
      if (sets.length > 0) traits.push(traitOf(source.trait, source.label, sets));
    }
    for (const { trait, bands } of bandedTraits) {
      const sets: ValueSet[] = [];
      for (const band of bands) sets.push({ name: band.value, bitmap: await meant(band.rule) });
      traits.push(traitOf(trait, `audiences:makeUp.${trait}.label`, sets));
    }
    return { size: audience.size, base: base.size, traits, computedAt, tookMs: Math.round(performance.now() - startedMs) };
  };
}
