import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Locale } from '../../../kernel/locale.ts';
import { evidenceSchema, goalLevels, lanes, quadrants, raciLetters, stageKeys, strategyKinds, type TemplateKey } from '../contract.ts';

const text = z.string().min(1);
const key = z.string().regex(/^[a-z0-9]+$/);
const stage = z.enum(stageKeys);
/** Years count from the first of the plan, which is 0. */
const year = z.number().int().min(0);

/** What departments have in common whatever they sell. */
const department = z.object({
  duties: z.array(z.object({ key, stage, isCore: z.boolean(), name: text, note: text })),
  positions: z.array(z.object({
    key, name: text, opensYear: year, headcount: z.number().int(), reportsTo: key.nullable(), purpose: text, skills: z.array(text), kpi: z.array(text),
    /** Duties by what the position does for them. */
    duties: z.partialRecord(z.enum(raciLetters), z.array(key)),
  })),
});

const business = z.object({
  name: text, hint: text, plan: text,
  needs: z.array(z.object({ side: z.enum(['outside', 'inside']), text, source: text })),
  notes: z.array(z.object({ key, quadrant: z.enum(quadrants), text, weight: z.number(), evidence: z.array(evidenceSchema).default([]) })),
  strategies: z.array(z.object({ kind: z.enum(strategyKinds), text, of: z.array(key) })),
  conclusion: z.object({ why: text, business: text, goal: text }),
  /** Targets are of the plan's years, one after the other. */
  goals: z.array(z.object({ key, under: key.nullable().default(null), level: z.enum(goalLevels), name: text, note: z.string().default(''), metric: text, better: z.enum(['higher', 'lower']).default('higher'), targets: z.array(text), owner: text })),
  lanes: z.array(z.object({ lane: z.enum(lanes), text, metric: text })),
});

export type Template = z.output<typeof department> & z.output<typeof business>;

const read = (locale: Locale, name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '..', 'templates', locale, `${name}.json`), 'utf8'));

/** A filled plan in a language. */
export const readTemplate = (template: TemplateKey, locale: Locale): Template => ({ ...department.parse(read(locale, 'department')), ...business.parse(read(locale, template)) });
