import { type Group, type PlainCondition, rule as ruleSchema, type Rule } from '../../contract.ts';

export type Match = Group['match'];

/** A group on the screen. With `heldDays` it has to have been true at the end of each of so many days. */
export interface DraftGroup {
  id: string;
  kind: 'group';
  match: Match;
  heldDays: number | null;
  parts: DraftPart[];
}

/** A condition on the screen; it may still lack what it needs. */
export interface DraftCondition {
  id: string;
  kind: 'condition';
  condition: PlainCondition;
}

/** A part of a rule being edited: it keeps its id wherever it is moved to. */
export type DraftPart = DraftGroup | DraftCondition;

let lastId = 0;
const nextId = (): string => `part-${++lastId}`;

export const newGroup = (match: Match, parts: DraftPart[] = [], heldDays: number | null = null): DraftGroup => ({ id: nextId(), kind: 'group', match, heldDays, parts });

export const newCondition = (condition: PlainCondition): DraftCondition => ({ id: nextId(), kind: 'condition', condition });

/** The same part under new ids. */
export const copyOf = (part: DraftPart): DraftPart =>
  part.kind === 'group' ? newGroup(part.match, part.parts.map(copyOf), part.heldDays) : newCondition(part.condition);

function partOf(rule: Rule): DraftPart {
  if (rule.kind === 'group') return newGroup(rule.match, rule.parts.map(partOf));
  if (rule.kind !== 'held') return newCondition(rule);
  const inner = partOf(rule.rule);
  return inner.kind === 'group' && inner.heldDays === null ? { ...inner, heldDays: rule.days } : newGroup('all', [inner], rule.days);
}

/** A rule as it is edited: always a group at the top, that conditions can be put into. */
export function draftOf(rule: Rule): DraftGroup {
  const part = partOf(rule);
  return part.kind === 'group' ? part : newGroup('all', [part]);
}

/** What a draft says so far. */
export interface WrittenDraft {
  rule: Rule;
  /** Part by its place in the rule: empty for the whole, `parts.0.rule.parts.2`. */
  places: Map<string, string>;
  /** Conditions that lack something, and groups without any condition: they are not in the rule. */
  unfinished: Set<string>;
}

const isFinished = (condition: PlainCondition): boolean => ruleSchema.safeParse(condition).success;

/** The rule of a draft as far as it is finished, with the place of each part in it. */
export function writeDraft(draft: DraftGroup): WrittenDraft {
  const places = new Map<string, string>();
  const unfinished = new Set<string>();
  const write = (part: DraftPart, path: string): Rule | null => {
    if (part.kind === 'condition') {
      if (!isFinished(part.condition)) {
        unfinished.add(part.id);
        return null;
      }
      places.set(path, part.id);
      return part.condition;
    }
    const inside = part.heldDays === null ? path : below(path, 'rule');
    const parts: Rule[] = [];
    for (const child of part.parts) {
      const written = write(child, below(inside, `parts.${parts.length}`));
      if (written) parts.push(written);
    }
    if (parts.length === 0 && part !== draft) {
      unfinished.add(part.id);
      return null;
    }
    places.set(path, part.id);
    const group: Group = { kind: 'group', match: part.match, parts };
    return part.heldDays === null ? group : { kind: 'held', days: part.heldDays, rule: group };
  };
  const rule = write(draft, '') ?? { kind: 'group', match: draft.match, parts: [] };
  return { rule, places, unfinished };
}

const below = (path: string, step: string): string => (path ? `${path}.${step}` : step);

/** The part that a fault of the server lies in: `body.rule.parts.0.facts.where.1` is in the part at `parts.0`. */
export function partAt(places: ReadonlyMap<string, string>, faultPath: string): string | undefined {
  const steps = faultPath.split('.').filter((step, index) => !(index === 0 && step === 'body') && !(index <= 1 && step === 'rule'));
  for (let length = steps.length; length >= 0; length--) {
    const found = places.get(steps.slice(0, length).join('.'));
    if (found !== undefined) return found;
  }
  return undefined;
}
