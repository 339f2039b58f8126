import { everybody, type TagDefinition, type TagDetail, type TagKind, tagDefinition, type Tiers } from '../../../contract.ts';

/** What a person decides about a tag, as it is edited. */
export interface CardValues {
  name: string;
  categoryId: number | null;
  owner: string;
  meaning: string;
  validDays: number | null;
  validUntil: string | null;
}

/** A tag that is edited; a new one has no id. */
export interface EditedTag {
  tagId: number | null;
  version: number;
  card: CardValues;
  definition: TagDefinition;
}

/** What a new tag of a kind begins with. */
export function newDefinition(kind: TagKind, labels: [string, string, string]): TagDefinition {
  if (kind === 'rule') return { kind, rule: everybody };
  if (kind === 'tiers') return { kind, tiers: { by: 'shares', of: { kind: 'field', field: 'sales_ever' }, over: '0', labels, shares: [50, 30, 20] } };
  return { kind };
}

export const newTag = (owner: string, kind: TagKind, labels: [string, string, string]): EditedTag => ({
  tagId: null,
  version: 0,
  card: { name: '', categoryId: null, owner, meaning: '', validDays: null, validUntil: null },
  definition: newDefinition(kind, labels),
});

export const editedTag = ({ tagId, version, definition, name, categoryId, owner, meaning, validDays, validUntil }: TagDetail): EditedTag => ({
  tagId, version, card: { name, categoryId, owner, meaning, validDays, validUntil }, definition: tagDefinition.parse(definition),
});

/** Other tiers of the same labels, as far as they can be: how tiers are told apart was changed. */
export function tiersBy(by: Tiers['by'], tiers: Tiers, labels: string[]): Tiers {
  if (by === tiers.by) return tiers;
  const of = tiers.by === 'rules' ? { kind: 'field' as const, field: 'sales_ever' } : tiers.of;
  const over = tiers.by === 'rules' ? '0' : tiers.over;
  if (by === 'rules') return { by, tiers: labels.map((label) => ({ label, rule: everybody })) };
  if (by === 'limits') return { by, of, over, labels, limits: labels.slice(1).map(() => '') };
  return { by, of: of.kind === 'field' ? of : { kind: 'field', field: 'sales_ever' }, over, labels, shares: evenShares(labels.length) };
}

const whole = 100;

/** Percents as even as whole numbers allow, 100 together. */
export function evenShares(count: number): number[] {
  const each = Math.floor(whole / count);
  return Array.from({ length: count }, (_, i) => (i === 0 ? whole - each * (count - 1) : each));
}
