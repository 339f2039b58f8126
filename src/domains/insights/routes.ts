import type { Locale } from '../../kernel/locale.ts';
import { sendCsv } from '../../platform/http/csv-reply.ts';
import { rawRoute, route, type Route } from '../../platform/http/route.ts';
import type { Say } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Commerce } from '../commerce/public.ts';
import { breakdownOf } from './breakdown/breakdown.ts';
import { exportBreakdownCells } from './breakdown/export-breakdown.ts';
import { dimensionNames, exportBreakdown, metricNames, metricTraits, readBreakdown, readDefinitions, readOverview } from './contract.ts';
import { overviewOf } from './overview/overview.ts';
import type { Answers } from './question/answers.ts';

export function insightsRoutes(platform: Platform, answers: Answers, { products }: Commerce, say: Say): Route[] {
  const text = (locale: Locale, key: string): string => say(locale, 'insights', key);
  return [
    route(readOverview, ({ query }) => overviewOf(platform, answers, query)),
    route(readBreakdown, ({ params, query }) => breakdownOf(answers, products, params.dimension, query)),
    rawRoute(exportBreakdown, async ({ params: { dimension }, query, actor, reply }) => {
      const { locale } = actor;
      const labels = metricNames.map((name) => text(locale, `metric.${name}.label`));
      const headings = [
        text(locale, 'breakdown.key'),
        text(locale, `dimension.${dimension}.label`),
        ...labels,
        ...labels.map((label) => `${label} (${text(locale, 'breakdown.before')})`),
      ];
      const cells = await exportBreakdownCells(platform, answers, products, actor, dimension, query);
      return sendCsv(reply, `${dimension}-${query.from}-${query.to}.csv`, headings, cells);
    }),
    route(readDefinitions, async ({ actor: { locale } }) => ({
      metrics: metricNames.map((name) => ({
        name,
        label: text(locale, `metric.${name}.label`),
        definition: text(locale, `metric.${name}.definition`),
        ...metricTraits[name],
      })),
      dimensions: dimensionNames.map((name) => ({
        name,
        label: text(locale, `dimension.${name}.label`),
        definition: text(locale, `dimension.${name}.definition`),
      })),
    })),
  ];
}
