import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { Rule } from '../contract/rule.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import { resolveRule } from '../resolve/resolve.ts';
import { isLeaf, type ResolvedRule } from '../resolve/resolved.ts';
import type { SetEvaluator } from '../set/evaluator.ts';

export interface PartCount {
  path: string;
  size: number;
  after: number;
}

export interface Preview {
  base: Bitmap;
  whole: Bitmap;
  parts: PartCount[];
  computedAt: string;
  tookMs: number;
}

/** A rule as it is meant now, in the brand's time zone. */
export async function resolveNow({ pg, clock }: Platform, fields: FieldRegistry, rule: Rule): Promise<ResolvedRule> {
  return resolveRule(rule, fields, { now: clock.now(), timeZone: (await readBrand(pg)).timeZone, untilMs: null });
}

/** Somebody is waiting, and others work on the same machine meanwhile. */
const previewMs = 4_500;

/** What takes longer is for the background. */
function asTooSlow(error: unknown): never {
  if (error instanceof Problem && error.code === 'platform.query_too_slow') throw new Problem('audiences.preview_too_slow', { status: 422, cause: error });
  throw error;
}

/** Whom a rule means now, and how each part narrows it. */
export async function previewOf(platform: Platform, fields: FieldRegistry, evaluator: SetEvaluator, rule: Rule): Promise<Preview> {
  const startedMs = performance.now();
  const computedAt = platform.clock.now().toISOString();
  const resolved = await resolveNow(platform, fields, rule);
  const { base, whole, parts } = await evaluator.evaluateParts(resolved, previewMs).catch(asTooSlow);
  const counts = new Map<string, PartCount>([['', { path: '', size: whole.size, after: whole.size }]]);
  countParts(resolved, parts, base, counts);
  return { base, whole, parts: [...counts.values()], computedAt, tookMs: Math.round(performance.now() - startedMs) };
}

/** `after`: how many are left, or found, when the parts of a group are taken one after the other. */
function countParts(rule: ResolvedRule, parts: ReadonlyMap<string, Bitmap>, base: Bitmap, into: Map<string, PartCount>): void {
  if (isLeaf(rule)) return;
  let soFar = rule.match === 'any' ? Bitmap.empty : base;
  for (const part of rule.parts) {
    // A rule that held for days is one part, asked again for each day.
    if (into.has(part.path)) continue;
    const own = parts.get(part.path) ?? Bitmap.empty;
    soFar = rule.match === 'any' ? soFar.or(own) : rule.match === 'all' ? soFar.and(own) : soFar.andNot(own);
    into.set(part.path, { path: part.path, size: own.size, after: soFar.size });
    countParts(part, parts, base, into);
  }
}
