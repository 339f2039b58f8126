import type { Rule } from '../../contract.ts';

const audience = (audienceId: number): Rule => ({ kind: 'audience', audienceId });

/** Whom a region of the diagram means: in each audience of the mask, and in none of the others. */
export function regionRule(audienceIds: readonly number[], mask: number): Rule {
  const inside = audienceIds.filter((_, index) => mask & (1 << index));
  const outside = audienceIds.filter((_, index) => !(mask & (1 << index)));
  const without: Rule[] = outside.length > 0 ? [{ kind: 'group', match: 'none', parts: outside.map(audience) }] : [];
  return { kind: 'group', match: 'all', parts: [...inside.map(audience), ...without] };
}

/** The editor, with the rule of a region in it. */
export const regionAddress = (audienceIds: readonly number[], mask: number): string =>
  `/users/audiences/new?rule=${encodeURIComponent(JSON.stringify(regionRule(audienceIds, mask)))}`;
