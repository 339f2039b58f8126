import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Locale } from '../../../kernel/locale.ts';
import { budgetPurposes, evidenceSchema, goalLevels, lanes, quadrants, raciLetters, stageKeys, strategyKinds, type TemplateKey, workKinds } from '../contract.ts';

const text = z.string().min(1);
const key = z.string().regex(/^[a-z0-9]+$/);
const stage = z.enum(stageKeys);
/** Years count from the first of the plan, which is 0. */
const year = z.number().int().min(0);
const whole = z.string().regex(/^\d+$/);

/** What departments have in common whatever they sell. */
const department = z.object({
  duties: z.array(z.object({ key, stage, isCore: z.boolean(), name: text, note: text })),
  positions: z.array(z.object({
    key, name: text, opensYear: year, headcount: z.number().int(), reportsTo: key.nullable(), purpose: text, skills: z.array(text), kpi: z.array(text),
    /** Duties by what the position does for them. */
    duties: z.partialRecord(z.enum(raciLetters), z.array(key)),
  })),
  stages: z.array(z.object({ stage, fromYear: year, years: z.number().int().min(1), aim: text, criteria: z.array(z.object({ name: text, source: text })) })),
  /** What a position is scored by beside its goals, which have the weight `outcome` among them; 100 in all. */
  scorecards: z.array(z.object({
    position: key, outcome: whole,
    process: z.array(z.object({ work: z.enum(workKinds), name: text, weight: whole, target: whole, floor: whole })),
    progress: z.object({ of: z.enum(['milestones', 'tasks', 'both']), name: text, weight: whole }),
    subjective: z.object({ name: text, weight: whole, note: text }),
  })),
  cardNote: text,
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
  /** Goals whose target of the last year of a stage has to be reached for it to be over. */
  exits: z.array(z.object({ stage, goal: key })),
  /** Of the first year: months count from the first of the plan, which is 0. */
  budget: z.array(z.object({ name: text, channel: z.string(), costCentre: text, purpose: z.enum(budgetPurposes), lane: z.enum(lanes).nullable(), stage, fromMonth: year, months: z.number().int().min(1), cap: whole })),
});

export type Template = z.output<typeof department> & z.output<typeof business>;

const read = (locale: Locale, name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '..', 'templates', locale, `${name}.json`), 'utf8'));

/** A filled plan in a language. */
export const readTemplate = (template: TemplateKey, locale: Locale): Template => ({ ...department.parse(read(locale, 'department')), ...business.parse(read(locale, template)) });
