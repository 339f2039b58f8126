import { sendCsv } from '../../../platform/http/csv-reply.ts';
import { rawRoute, route } from '../../../platform/http/route.ts';
import { exportCohorts, readCohorts } from '../contract/cohorts.ts';
import type { Histories } from '../histories/histories.ts';
import type { InsightsDoors, InsightsPart } from '../part.ts';
import { createCohortAnswers, type CohortsAnswered } from './answer.ts';
import type { CohortsAsked } from './asked.ts';
import { exportColumns, exportedCells } from './export.ts';
import { cohortPeople } from './people.ts';
import { averageOf, rowsOf } from './rows.ts';

/** Cohorts (同期群): who came back, by when and by what their first order was. */
export function createCohorts({ platform, say, commerce, dataVersion }: InsightsDoors, histories: Histories): InsightsPart {
  const answers = createCohortAnswers({ platform, histories, dataVersion });
  const named = async (asked: CohortsAsked, answered: CohortsAnswered) =>
    rowsOf(answered, asked.cohort === 'product' ? await commerce.products.namesOf(answered.values ?? []) : new Map());
  return {
    routes: [
      route(readCohorts, async ({ query: { fresh, ...asked } }) => {
        const answered = await answers.answer(asked, fresh);
        const { figures: { before, after }, until, linesInOtherCurrency, brand: { currency }, dataVersion: version, computedAt } = answered;
        return { rows: await named(asked, answered), average: averageOf(answered), before, after, until, linesInOtherCurrency, currency, dataVersion: version, computedAt };
      }),
      rawRoute(exportCohorts, async ({ query, actor, reply }) => {
        const text = (key: string): string => say(actor.locale, 'insights', key);
        const rows = await named(query, await answers.answer(query, false));
        const headings = exportColumns.map((column) => text(`cohorts.file.${column}`));
        return sendCsv(reply, `cohorts-${query.cohort}-${query.from}-${query.to}.csv`, headings, exportedCells(platform, actor, query, rows, text('cohorts.rest')));
      }),
    ],
    people: [cohortPeople(answers, commerce, say) as NonNullable<InsightsPart['people']>[number]],
  };
}
