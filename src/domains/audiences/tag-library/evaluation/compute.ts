import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { type Day, dayIn } from '../../../../kernel/day.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { Rule } from '../../contract/rule.ts';
import { labelsOf, type Tiers } from '../../contract/tag-definition.ts';
import type { TagCard } from '../cards/store.ts';
import type { TagLibraryDoors } from '../doors.ts';
import { liveUploads } from '../uploads/store.ts';
import { chooseLimits } from './choose-limits.ts';
import { rulesOfTiers } from './tier-rules.ts';

/** Who has a tag by what decides about it; of tiers, who is in each. */
export interface Computed {
  members: Bitmap;
  tiers: Bitmap[];
  /** Limits that were chosen by shares, and the brand's day they are of. */
  chosen: { limits: string[]; day: Day } | null;
}

/** What is known of a tag when it is computed; it need not be kept yet. */
export type Computable = Pick<TagCard, 'tagId' | 'definition' | 'limits' | 'limitsDay'>;

/** Asks who has a computed tag at a moment. */
export async function computeTag(doors: TagLibraryDoors, card: Computable, now: Date): Promise<Computed> {
  const { definition } = card;
  switch (definition.kind) {
    case 'hand': return { members: Bitmap.empty, tiers: [], chosen: null };
    case 'file': {
      const uploads = await liveUploads(doors.platform.pg, card.tagId, now);
      const named = await doors.asOfToday(Bitmap.union(uploads));
      return { members: named.and(await doors.everybody()), tiers: [], chosen: null };
    }
    case 'rule': return { members: await doors.evaluate(definition.rule, now), tiers: [], chosen: null };
    case 'tiers': {
      const chosen = definition.tiers.by === 'shares' ? await limitsOfToday(doors, definition.tiers, card, now) : null;
      const limits = definition.tiers.by === 'limits' ? definition.tiers.limits : (chosen?.limits ?? []);
      const rules = chosen === null && definition.tiers.by === 'shares' ? [] : rulesOfTiers(definition.tiers, limits);
      const tiers = await inOrder(doors, rules, now);
      return { members: Bitmap.union(tiers), tiers: labelsOf(definition.tiers).map((_, i) => tiers.at(i) ?? Bitmap.empty), chosen };
    }
  }
}

/** Limits by shares stay as they are until the brand's next day, so that nobody changes tier because others did. */
async function limitsOfToday({ platform, fields }: TagLibraryDoors, { of, over, shares }: Extract<Tiers, { by: 'shares' }>, { limits, limitsDay }: Computable, now: Date): Promise<Computed['chosen']> {
  const day = dayIn((await readBrand(platform.pg)).timeZone, now);
  if (limits && limitsDay === day) return { limits, day };
  const chosen = await chooseLimits(platform.reader, fields, of.field, over, shares);
  return chosen && { limits: chosen, day };
}

/** Who is in each of some tiers: whoever an earlier one took is in none of the later. */
async function inOrder({ evaluate }: TagLibraryDoors, rules: readonly Rule[], now: Date): Promise<Bitmap[]> {
  const tiers: Bitmap[] = [];
  let taken = Bitmap.empty;
  for (const rule of rules) {
    const members = (await evaluate(rule, now)).andNot(taken);
    tiers.push(members);
    taken = taken.or(members);
  }
  return tiers;
}
