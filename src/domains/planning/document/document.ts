import { type Actor, may } from '../../../kernel/actor.ts';
import { createFormat } from '../../../kernel/format.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { route } from '../../../platform/http/route.ts';
import { readBrand } from '../../../platform/settings.ts';
import { type Block, budgetLimits, exportDocument, type Item, type ItemBody, type ItemKindName, readDocument, type WrittenDocument } from '../contract.ts';
import type { PlanningDoors, PlanningPart } from '../part.ts';
import { monthCosts } from '../positions/staffing.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { readEvidenceOf } from '../reasons/evidence.ts';
import { listOpenChanges } from '../budget/lines/changes.ts';
import { linesOf } from '../budget/lines/store.ts';
import { under } from './blocks.ts';
import { budgetBlocks } from './chapters/budget.ts';
import { businessChapter } from './chapters/business.ts';
import { goalChapter } from './chapters/goals.ts';
import { kpiBlocks } from './chapters/kpi.ts';
import { reasonChapter } from './chapters/reasons.ts';
import type { Sources } from './chapters/sources.ts';
import { documentTypes } from './write/documents.ts';

/** The plan as one document, which answers the three questions of a director. */
export function createDocumentPart(doors: PlanningDoors): PlanningPart {
  const { platform: { pg, clock }, documents } = doors;
  return {
    routes: [
      route(readDocument, async ({ params, actor }) => ({ ...await composeDocument(doors, params.planNo, actor, actor.locale), computedAt: clock.now().toISOString() })),
      route(exportDocument, async ({ params: { planNo }, query: { format, locale: said }, actor, reply }) => {
        const locale = said ?? actor.locale;
        const plan = await requirePlan(pg, planNo);
        const file = await documents.write(await composeDocument(doors, planNo, actor, locale), format, locale);
        return reply.header('content-type', documentTypes[format]).header('content-disposition', `attachment; filename="plan-${plan.planNo}-${locale}.${format}"`).header('cache-control', 'no-store').send(file);
      }),
    ],
    stop: documents.end,
  };
}

async function composeDocument(doors: PlanningDoors, planNo: number, actor: Actor, locale: Locale): Promise<WrittenDocument> {
  const { platform: { pg, clock }, items, figures, say } = doors;
  const plan = await requirePlan(pg, planNo);
  const [brand, all, evidence, { metrics }, budget] = await Promise.all([readBrand(pg), items.list(planNo, null), readEvidenceOf(doors, planNo, locale), figures.metrics(locale), readBudgetOf(doors, planNo, actor)]);
  const word: Sources['word'] = (key, params) => say(locale, 'planning', `document.${key}`, params);
  const format = createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency });
  const sources: Sources = {
    plan, word, format, budget, phrase: (key, params) => say(locale, 'planning', key, params), metrics: new Map(metrics.map((metric) => [metric.name, metric])), evidence: new Map(evidence.map((note) => [note.itemNo, note.evidence])),
    of: <K extends ItemKindName>(kind: K, parentNo?: number | null) => sortedBy(all, kind, parentNo),
  };
  const last = Number(plan.startsOn.slice(0, 4)) + plan.years - 1;
  return { title: plan.name, subtitle: word('subtitle', { brand: brand.name, from: plan.startsOn.slice(0, 4), to: String(last), at: format.dateTime(clock.now()) }), blocks: withBlocks([reasonChapter(sources), businessChapter(sources), goalChapter(sources), meansChapter(sources)], word) };
}

/** By what it is known to succeed, and what it costs. */
const meansChapter = (sources: Sources): Block[] => under(1, sources.word('means'), under(2, sources.word('kpiCards'), kpiBlocks(sources)), under(2, sources.word('budget'), budgetBlocks(sources)));

/** What people cost is for those who may see it, as on the budget's own pages. */
async function readBudgetOf({ platform: { pg }, items }: PlanningDoors, planNo: number, actor: Actor): Promise<Sources['budget']> {
  const sight = { planNo, withPeople: may(actor, 'planning.people') };
  const [staffing, lines, { rows: changes }] = await Promise.all([monthCosts({ pg }, items, planNo), linesOf(pg, sight, null), listOpenChanges(pg, sight, { page: 1, pageSize: budgetLimits.lines }, actor)]);
  const asked = new Map(changes.map(({ lineNo, cap }) => [lineNo, cap]));
  return {
    isWithoutPeople: !sight.withPeople, staffing,
    lines: lines.filter(({ isClosed }) => !isClosed).map(({ lineNo, cap, ...line }) => ({ ...line, amount: asked.get(lineNo) ?? cap, isWaiting: asked.has(lineNo) })),
  };
}

const sortedBy = <K extends ItemKindName>(all: readonly Item[], kind: K, parentNo: number | null | undefined) =>
  all.filter((item) => item.kind === kind && (parentNo === undefined || item.parentNo === parentNo)) as unknown as ReturnType<Sources['of']> & { body: ItemBody<K> }[] as never;

/** An empty plan says that it is empty, rather than nothing. */
const withBlocks = (chapters: readonly Block[][], word: Sources['word']): Block[] => {
  const blocks = chapters.flat();
  return blocks.length > 0 ? blocks : [{ is: 'paragraph', text: word('empty'), tone: 'note' }];
};
