import { may } from '../../../kernel/actor.ts';
import { type Route, rawRoute, route } from '../../../platform/http/route.ts';
import { createBackground } from '../../customers/public.ts';
import {
  addPeopleBudget, askBudgetChange, changeBudgetLine, closeBudgetLine, createBudgetLine, decideBudgetChanges, enterBudgetInvoice, exportBudget, importBudgetWorkbook, listBudgetChanges, listBudgetEntries, listBudgetLines, listBudgetVersionChanges, listBudgetVersions,
  orderBudget, previewBudgetWorkbook, readBudget, readBudgetLine, takeBackBudgetInvoice,
} from '../contract.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { type BudgetBook, createBudgetBook } from './book.ts';
import { campaignsWithin, messagesWithin, promisesWithin } from './draw/draw.ts';
import { followPrograms } from './draw/follow.ts';
import { readFigures } from './figures/figures.ts';
import { summarize } from './figures/summary.ts';
import { vacantOf } from './figures/vacant.ts';
import { askChange, decideChanges, listOpenChanges } from './lines/changes.ts';
import { claimsOf, listEntries } from './lines/entries.ts';
import { addLine, changeLine, closeLine } from './lines/keep-lines.ts';
import { demandLine, listLines, type Sight } from './lines/store.ts';
import { listVersionChanges, listVersions } from './lines/versions.ts';
import { enterInvoice, orderByHand, takeBackInvoice } from './orders.ts';
import { addPeopleLine, followPositions } from './people/people-line.ts';
import { sendBudgetWorkbook, takeWorkbook, tryWorkbook } from './workbook/workbooks.ts';
import type { Actor } from '../../../kernel/actor.ts';

export interface BudgetPart extends PlanningPart {
  /** Brings lines up to what programs that do not ask have cost; returns how many changed. */
  follow(): Promise<number>;
}

const followMs = 60_000;

/** The plan's money: who may spend how much for what, what of it is taken, and what came back. */
export function createBudget(doors: PlanningDoors): BudgetPart {
  const { platform, membership, messaging, campaigns } = doors;
  const book = createBudgetBook(platform);
  messaging.gate.registerBudget(messagesWithin(doors, book));
  membership.registerBudget(promisesWithin(doors, book));
  campaigns.registerBudget(campaignsWithin(doors, book));
  const follow = async (): Promise<number> => (await followPrograms(doors, book)) + (await followPositions(doors, book));
  const following = createBackground('budgets of programs', follow, followMs, platform.log);
  return { routes: [...readRoutes(doors), ...writeRoutes(doors, book)], follow, start: following.start, stop: following.stop };
}

const sightOf = (planNo: number, actor: Actor): Sight => ({ planNo, withPeople: may(actor, 'planning.people') });

function readRoutes(doors: PlanningDoors): Route[] {
  const { platform, say } = doors;
  const { pg: pool, clock } = platform;
  const computedAt = (): string => clock.now().toISOString();
  return [
    route(readBudget, async ({ params: { planNo }, query, actor }) => summarize(doors, await requirePlan(pool, planNo), sightOf(planNo, actor), query.year, actor.locale)),
    route(listBudgetLines, async ({ params: { planNo }, query, actor }) => {
      await requirePlan(pool, planNo);
      const [{ rows, total }, figures] = await Promise.all([listLines(pool, sightOf(planNo, actor), query), readFigures(doors, planNo, actor.locale)]);
      return { rows: rows.map(figures.shown), total, computedAt: computedAt() };
    }),
    route(readBudgetLine, async ({ params: { planNo, lineNo }, actor }) => {
      const line = await demandLine(pool, sightOf(planNo, actor), lineNo);
      const [figures, claims] = await Promise.all([readFigures(doors, planNo, actor.locale), claimsOf(pool, lineNo)]);
      return { line: figures.shown(line), claims, vacant: vacantOf(line, figures.people, figures.now), currency: figures.currency, computedAt: computedAt() };
    }),
    route(listBudgetChanges, async ({ params: { planNo }, query, actor }) => ({ ...(await listOpenChanges(pool, sightOf((await requirePlan(pool, planNo)).planNo, actor), query, actor)), computedAt: computedAt() })),
    route(listBudgetVersions, async ({ params: { planNo }, query, actor }) => ({ ...(await listVersions(pool, sightOf((await requirePlan(pool, planNo)).planNo, actor), query)), computedAt: computedAt() })),
    route(listBudgetVersionChanges, async ({ params: { planNo, versionNo }, query, actor }) => ({ ...(await listVersionChanges(pool, sightOf((await requirePlan(pool, planNo)).planNo, actor), versionNo, query)), computedAt: computedAt() })),
    route(listBudgetEntries, async ({ params: { planNo, lineNo }, query, actor }) => {
      await demandLine(pool, sightOf(planNo, actor), lineNo);
      return { ...(await listEntries(pool, lineNo, query)), computedAt: computedAt() };
    }),
    rawRoute(exportBudget, async ({ params: { planNo }, query, actor, reply }) => sendBudgetWorkbook(doors, reply, await requirePlan(pool, planNo), sightOf(planNo, actor), query.year ?? null, actor.locale)),
    route(previewBudgetWorkbook, async ({ params: { planNo }, body, actor }) => tryWorkbook(platform, say, sightOf((await requirePlan(pool, planNo)).planNo, actor), body.workbook, actor.locale)),
  ];
}

function writeRoutes(doors: PlanningDoors, book: BudgetBook): Route[] {
  const { platform, say } = doors;
  const shown = async (planNo: number, row: Parameters<Awaited<ReturnType<typeof readFigures>>['shown']>[0], actor: Actor) => (await readFigures(doors, planNo, actor.locale)).shown(row);
  return [
    route(createBudgetLine, async ({ params: { planNo }, body, actor }) => shown(planNo, await addLine(platform, sightOf(planNo, actor), body, say(actor.locale, 'planning', 'budget.newLine'), actor), actor)),
    route(addPeopleBudget, async ({ params: { planNo }, body: { year }, actor }) => shown(planNo, await addPeopleLine(doors, planNo, year, actor), actor)),
    route(changeBudgetLine, async ({ params: { planNo, lineNo }, body, actor }) => shown(planNo, await changeLine(platform, sightOf(planNo, actor), lineNo, body, actor), actor)),
    route(closeBudgetLine, async ({ params: { planNo, lineNo }, body: { reason }, actor }) => shown(planNo, await closeLine(platform, sightOf(planNo, actor), lineNo, reason, actor), actor)),
    route(askBudgetChange, ({ params: { planNo, lineNo }, body, actor }) => askChange(platform, sightOf(planNo, actor), { lineNo, ...body }, actor)),
    route(decideBudgetChanges, ({ params: { planNo }, body, actor }) => decideChanges(platform, sightOf(planNo, actor), body, actor)),
    route(orderBudget, ({ params: { planNo, lineNo }, body, actor }) => orderByHand(platform, book, sightOf(planNo, actor), lineNo, body, actor)),
    route(enterBudgetInvoice, ({ params: { planNo, lineNo }, body, actor }) => enterInvoice(platform, book, sightOf(planNo, actor), lineNo, body, actor)),
    route(takeBackBudgetInvoice, ({ params: { planNo, lineNo, invoiceNo }, body: { reason }, actor }) => takeBackInvoice(platform, book, sightOf(planNo, actor), { lineNo, invoiceNo, reason }, actor)),
    route(importBudgetWorkbook, ({ params: { planNo }, body, actor }) => takeWorkbook(platform, say, sightOf(planNo, actor), body.workbook, actor)),
  ];
}
