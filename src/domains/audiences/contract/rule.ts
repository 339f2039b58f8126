import { z } from 'zod';
import {
  audienceCondition, consentCondition, fieldCondition, identifierCondition, listCondition, measureCondition, momentCondition,
  recurringCondition, sampleCondition, sequenceCondition, tagCondition,
} from './conditions.ts';

/** Limits of one rule; a rule beyond them is refused with the place of the fault. */
export const ruleLimits = { depth: 12, conditions: 200, heldDays: 60 } as const;

const plainConditions = [
  fieldCondition, tagCondition, consentCondition, identifierCondition, measureCondition, momentCondition, sequenceCondition,
  recurringCondition, audienceCondition, sampleCondition, listCondition,
] as const;
export type PlainCondition = z.output<(typeof plainConditions)[number]>;

/** A rule that was true at the end of each of the last `days` days, and is true now. Of what has no past, such as an attribute, the present value counts. */
export interface HeldCondition {
  kind: 'held';
  days: number;
  rule: Rule;
}

/** People of whom all, any or none of the parts are true. An empty `all` is everybody, an empty `any` nobody, an empty `none` everybody. */
export interface Group {
  kind: 'group';
  match: 'all' | 'any' | 'none';
  parts: Rule[];
}

export type Condition = PlainCondition | HeldCondition;
export type Rule = Group | Condition;

const group = z.object({
  kind: z.literal('group'),
  match: z.enum(['all', 'any', 'none']),
  get parts() {
    return z.array(node).max(ruleLimits.conditions);
  },
});
const held = z.object({
  kind: z.literal('held'),
  days: z.number().int().min(1).max(ruleLimits.heldDays),
  get rule() {
    return node;
  },
});
const node: z.ZodType<Rule, unknown> = z.lazy(() => z.discriminatedUnion('kind', [group, held, ...plainConditions]));

/** The parts of what may be a rule, whatever it is. */
function partsOf(given: unknown): { path: PropertyKey[]; value: unknown }[] {
  if (typeof given !== 'object' || given === null) return [];
  const { parts, rule } = given as { parts?: unknown; rule?: unknown };
  const nested = Array.isArray(parts) ? parts.map((value, index) => ({ path: ['parts', index], value: value as unknown })) : [];
  return rule === undefined ? nested : [...nested, { path: ['rule'], value: rule }];
}

/** Refuses what is too deep or too much before anything walks through it by recursion. */
function checkSize(given: unknown, context: z.RefinementCtx): unknown {
  let conditions = 0;
  const waiting = [{ path: [] as PropertyKey[], value: given, depth: 1 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, value, depth } = next;
    if (depth > ruleLimits.depth) {
      context.addIssue({ code: 'custom', path, message: `deeper than ${ruleLimits.depth} levels` });
      return z.NEVER;
    }
    const parts = partsOf(value);
    if (parts.length === 0 && ++conditions > ruleLimits.conditions) {
      context.addIssue({ code: 'custom', path, message: `more than ${ruleLimits.conditions} conditions` });
      return z.NEVER;
    }
    for (const part of parts.slice(0, ruleLimits.conditions + 1)) waiting.push({ path: [...path, ...part.path], value: part.value, depth: depth + 1 });
  }
  return given;
}

/** Who is meant: a tree of conditions. This is the one language in which audiences are described, stored and exchanged. */
export const rule: z.ZodType<Rule, unknown> = z.preprocess(checkSize, node);

export const everybody: Rule = { kind: 'group', match: 'all', parts: [] };

export const nobody: Rule = { kind: 'group', match: 'any', parts: [] };
