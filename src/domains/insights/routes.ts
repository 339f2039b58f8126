import type { Locale } from '../../kernel/locale.ts';
import { sendCsv } from '../../platform/http/csv-reply.ts';
import { sendWorkbook } from '../../platform/http/workbook-reply.ts';
import { rawRoute, route, type Route } from '../../platform/http/route.ts';
import type { Say } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Commerce } from '../commerce/public.ts';
import { breakdownOf } from './breakdown/breakdown.ts';
import { exportBreakdownCells, exportBreakdownSheets } from './breakdown/export-breakdown.ts';
import { askQuestion, exportBreakdown, metricNames, readBreakdown, readChoices, readDefinitions, readOverview } from './contract.ts';
import { overviewOf } from './overview/overview.ts';
import type { Answers } from './question/answers.ts';
import type { Questions } from './question/replies.ts';
import { choicesOf } from './registry/choices.ts';
import { definitionsOf } from './registry/definitions.ts';
import type { Registry } from './registry/registry.ts';

/** What this domain's own routes answer with. */
interface Doors {
  platform: Platform;
  registry: Registry;
  answers: Answers;
  questions: Questions;
  commerce: Commerce;
  say: Say;
}

export function insightsRoutes({ platform, registry, answers, questions, commerce: { products }, say }: Doors): Route[] {
  const text = (locale: Locale, key: string): string => say(locale, 'insights', key);
  return [
    route(readOverview, ({ query }) => overviewOf(platform, answers, query)),
    route(readBreakdown, ({ params, query }) => breakdownOf(answers, products, params.dimension, query)),
    rawRoute(exportBreakdown, async ({ params: { dimension }, query, actor, reply }) => {
      const { locale } = actor;
      const fileName = `${dimension}-${query.from}-${query.to}.${query.format}`;
      if (query.format === 'xlsx') {
        const { sheets, currency } = await exportBreakdownSheets(say, platform, answers, products, actor, dimension, query);
        return sendWorkbook(reply, fileName, sheets, currency);
      }
      const labels = metricNames.map((name) => text(locale, `metric.${name}.label`));
      const headings = [
        text(locale, 'breakdown.key'),
        text(locale, `dimension.${dimension}.label`),
        ...labels,
        ...labels.map((label) => `${label} (${text(locale, 'breakdown.before')})`),
      ];
      const cells = await exportBreakdownCells(platform, answers, products, actor, dimension, query);
      return sendCsv(reply, fileName, headings, cells);
    }),
    route(readDefinitions, ({ actor: { locale } }) => definitionsOf(registry, say, locale)),
    route(askQuestion, ({ body, actor: { locale } }) => questions.ask(body.question, locale, body.fresh)),
    route(readChoices, async ({ query, actor: { locale } }) => ({ choices: await choicesOf(platform, registry, query.dimension, query.q, locale) })),
  ];
}
