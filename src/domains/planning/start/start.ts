import { may } from '../../../kernel/actor.ts';
import { route } from '../../../platform/http/route.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { listTemplates, readProgress, startFromTemplate, templateKeys } from '../contract.ts';
import { addLines } from '../budget/lines/keep-lines.ts';
import { lockPlan } from '../items/changes.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { beginPlanIn, requirePlan } from '../plans/keep-plans.ts';
import { budgetOf, fillPlan } from './fill.ts';
import { type BudgetedLine, progressOf } from './progress.ts';
import { readTemplate } from './template.ts';

/** The way from nothing to a plan: templates that are filled, and what is still missing. */
export function createStart({ platform: { pg, clock }, items, programs, say }: PlanningDoors): PlanningPart {
  return {
    routes: [
      route(listTemplates, ({ actor }) => Promise.resolve({ templates: templateKeys.map((key) => {
        const { name, hint, plan } = readTemplate(key, actor.locale);
        return { key, name, hint, plan };
      }) })),
      route(startFromTemplate, ({ params, body, actor }) => inTransaction(pg, async (client) => {
        const template = readTemplate(params.template, actor.locale);
        const plan = await beginPlanIn(client, { name: body.name ?? template.plan, startsOn: body.startsOn, years: 5 }, actor, clock.now());
        await lockPlan(client, plan.planNo);
        await fillPlan({ client, items, plan, template, actor });
        await client.query('update plan set filled_until = (select max(item_no) from plan_item where plan_no = $1) where plan_no = $1', [plan.planNo]);
        // Lines are asked for by whoever may keep the budget; a second person approves them.
        if (may(actor, 'planning.budget')) await addLines(client, plan.planNo, budgetOf(template, plan), say(actor.locale, 'planning', 'budget.newLine'), actor, clock.now());
        return requirePlan(client, plan.planNo);
      })),
      route(readProgress, async ({ params: { planNo }, actor }) => {
        await requirePlan(pg, planNo);
        const { rows: lines } = await pg.query<BudgetedLine>(`select purpose, nullif(stage, '') as stage, cap > 0 as "isApproved" from budget_line where plan_no = $1 and closed_at is null`, [planNo]);
        const { rows: [{ filledUntil }] } = await pg.query<{ filledUntil: number | null }>('select filled_until as "filledUntil" from plan where plan_no = $1', [planNo]);
        const [all, known] = await Promise.all([items.list(planNo, null), programs.list(actor.locale)]);
        // The place of a program that was deleted supports nothing.
        const keys = new Set(known.map(({ key }) => key));
        return progressOf(all.filter(({ kind, body }) => kind !== 'program_place' || keys.has(String(body.program))), lines, filledUntil ?? 0);
      }),
    ],
  };
}
