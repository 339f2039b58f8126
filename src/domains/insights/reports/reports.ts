import { sendCsv } from '../../../platform/http/csv-reply.ts';
import { rawRoute, route } from '../../../platform/http/route.ts';
import { recordAudit } from '../../access/public.ts';
import { exportAnswer, type Figure, mostQuestionRows, readTemplates } from '../contract.ts';
import { keptViewRoutes } from '../kept-views/routes.ts';
import type { InsightsDoors, InsightsPart } from '../part.ts';
import { cellPeople } from '../people/cell.ts';
import type { PeopleSource } from '../people/people.ts';
import { type Answers, createAnswers } from '../question/answers.ts';
import { createQuestions, type Questions } from '../question/replies.ts';
import { ownRegistry } from '../registry/own.ts';
import type { Registry } from '../registry/registry.ts';
import { insightsRoutes } from '../routes.ts';
import { targetRoutes } from '../targets/routes.ts';
import { createReportTables } from './report-table.ts';
import { templatesOf } from './templates.ts';

/** Questions over the registry of metrics and dimensions, and what is made of them. */
export interface Reports extends InsightsPart {
  registry: Registry;
  answers: Answers;
  questions: Questions;
  /** A report as a table to take out, in a language. */
  reportTable: ReturnType<typeof createReportTables>;
}

async function* cellsOf(rows: Figure[][]) {
  yield* rows;
}

export function createReports({ platform, say, commerce, dataVersion }: InsightsDoors): Reports {
  const registry = ownRegistry(commerce.products, say);
  const answers = createAnswers(platform, registry, dataVersion);
  const questions = createQuestions(platform, registry, answers, say);
  const reportTable = createReportTables(questions, say);
  return {
    registry,
    answers,
    questions,
    reportTable,
    routes: [
      ...insightsRoutes({ platform, registry, answers, questions, commerce, say }),
      ...keptViewRoutes(platform),
      ...targetRoutes(platform, registry),
      route(readTemplates, async () => ({ templates: templatesOf(registry) })),
      rawRoute(exportAnswer, async ({ query, actor, reply }) => {
        const { columns, rows, totals, provenance: { period } } = await reportTable({ question: { ...query.question, limit: mostQuestionRows } }, actor.locale);
        await recordAudit(platform.pg, { actor, action: 'insights.export', subject: 'question', details: { ...period, rows: rows.length } });
        return sendCsv(reply, `report-${period.from}-${period.to}.csv`, columns.map(({ label }) => label), cellsOf([...rows, totals]));
      }),
    ],
    people: [cellPeople(platform, registry, say) as PeopleSource],
  };
}
