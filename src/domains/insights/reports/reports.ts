import { sendCsv } from '../../../platform/http/csv-reply.ts';
import { sendWorkbook } from '../../../platform/http/workbook-reply.ts';
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
import { answerMeanings, answerSheet } from '../take-out/answer-sheet.ts';
import { meaningsSheet, provenanceFacts } from '../take-out/figure-columns.ts';
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
        const { locale } = actor;
        const table = await reportTable({ question: { ...query.question, limit: mostQuestionRows } }, locale);
        const { columns, rows, totals, provenance } = table;
        const { period } = provenance;
        const fileName = `report-${period.from}-${period.to}.${query.format}`;
        await recordAudit(platform.pg, { actor, action: 'insights.export', subject: 'question', details: { ...period, format: query.format, rows: rows.length } });
        if (query.format === 'xlsx') {
          const title = say(locale, 'insights', 'takeOut.answer');
          const facts = provenanceFacts({ ...provenance, before: provenance.against }, say, locale);
          return sendWorkbook(reply, fileName, [answerSheet(title, table, say, locale), meaningsSheet([...facts, ...answerMeanings(title, table, say, locale)], say, locale)], provenance.currency);
        }
        return sendCsv(reply, fileName, columns.map(({ label }) => label), cellsOf([...rows, totals]));
      }),
    ],
    people: [cellPeople(platform, registry, say) as PeopleSource],
  };
}
