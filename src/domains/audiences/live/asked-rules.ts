import type { FieldRegistry } from '../fields/registry.ts';
import { resolveRule } from '../resolve/resolve.ts';
import { leavesOf, type ResolvedCondition, type ResolvedRule } from '../resolve/resolved.ts';
import { meaningOf } from '../set/meaning.ts';
import type { Live } from './audiences-to-keep.ts';

/** A rule as it is asked at a moment, with its conditions as they come from left to right. */
export interface AskedRule {
  ruleVersion: number;
  rule: ResolvedRule;
  leaves: { meaning: string; condition: ResolvedCondition }[];
}

/** Resolves rules of audiences, each once a minute: within it nothing of a rule moves. */
export function createAskedRules(fields: FieldRegistry): (live: Live, now: Date, timeZone: string) => AskedRule {
  const kept = new Map<number, AskedRule & { minute: string }>();
  return ({ standing: { audienceId, ruleVersion }, rule }, now, timeZone) => {
    const minute = `${timeZone} ${Math.floor(now.getTime() / 60_000)}`;
    const known = kept.get(audienceId);
    if (known && known.ruleVersion === ruleVersion && known.minute === minute) return known;
    const resolved = resolveRule(rule, fields, { now, timeZone, untilMs: null });
    const leaves = [...leavesOf(resolved)].map(({ condition }) => ({ meaning: meaningOf(condition), condition }));
    const asked = { ruleVersion, minute, rule: resolved, leaves };
    kept.set(audienceId, asked);
    return asked;
  };
}
