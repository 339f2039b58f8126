import type { Locale } from '../../../kernel/locale.ts';
import { sendCsv } from '../../../platform/http/csv-reply.ts';
import { rawRoute, route, type Route } from '../../../platform/http/route.ts';
import { recordAudit } from '../../access/public.ts';
import { askRecommendations, type AssociationRule, exportAssociationRules, listAssociationRules, listBundles, readAssociation, readRecommendations } from '../contract.ts';
import type { InsightsDoors } from '../part.ts';
import { bundlesOfRun, rulesOfRun } from './kept/rules-of-run.ts';
import { mostKeptRules } from './mining/mine-level.ts';
import type { associationModel } from './model/association-model.ts';
import type { createRecommendations } from './serving/recommendations.ts';

const figures = ['withAntecedent', 'withConsequent', 'withBoth', 'base', 'support', 'confidence', 'lift', 'conviction', 'p', 'q'] as const;

/** Rules and bundles of the newest run. */
export function associationRoutes({ platform, models, say }: InsightsDoors, kind: ReturnType<typeof associationModel>): Route[] {
  const now = (): string => platform.clock.now().toISOString();
  const text = (locale: Locale, key: string): string => say(locale, 'insights', `association.${key}`);
  const nothing = () => ({ rows: [], total: 0, computedAt: now(), modelId: null });
  return [
    route(readAssociation, async () => {
      const current = await models.current(kind);
      return { modelId: current?.modelId ?? null, result: current?.result ?? null, computedAt: (current?.asOf ?? platform.clock.now()).toISOString() };
    }),
    route(listAssociationRules, async ({ query: { page, pageSize, ...asked } }) => {
      const current = await models.current(kind);
      if (!current) return nothing();
      const { modelId, asOf } = current;
      const { rows, total } = await rulesOfRun(platform.reader, { ...asked, modelId, limit: pageSize, offset: (page - 1) * pageSize });
      return { rows, total, computedAt: asOf.toISOString(), modelId };
    }),
    rawRoute(exportAssociationRules, async ({ query, actor, reply }) => {
      const current = await models.current(kind);
      const { rows } = current ? await rulesOfRun(platform.reader, { ...query, modelId: current.modelId, limit: mostKeptRules, offset: 0 }) : { rows: [] };
      const { level, basis } = query;
      await recordAudit(platform.pg, { actor, action: 'insights.export', subject: 'analysis:association', details: { level, basis, rows: rows.length } });
      const headings = [text(actor.locale, 'column.antecedent'), text(actor.locale, 'column.consequent'), ...figures.map((figure) => text(actor.locale, `column.${figure}`))];
      return sendCsv(reply, `association-${level}-${basis}.csv`, headings, cellsOf(rows));
    }),
    route(listBundles, async ({ query: { page, pageSize, response, ...asked } }) => {
      const current = await models.current(kind);
      if (!current) return nothing();
      const { modelId, asOf } = current;
      const { rows, total } = await bundlesOfRun(platform.reader, { ...asked, modelId, limit: pageSize, offset: (page - 1) * pageSize }, response);
      return { rows, total, computedAt: asOf.toISOString(), modelId };
    }),
  ];
}

async function* cellsOf(rows: readonly AssociationRule[]) {
  for (const row of rows) yield [row.antecedent.map(({ name }) => name).join(' + '), row.consequent.name, ...figures.map((figure) => row[figure])];
}

/** What a shop calls. */
export const recommendationRoutes = (recommend: ReturnType<typeof createRecommendations>['recommend']): Route[] => [
  route(readRecommendations, ({ query: { product, customerNo, category, limit } }) =>
    recommend({ cart: product === undefined ? undefined : [product], user: customerNo === undefined ? undefined : { customerNo }, category, limit })),
  route(askRecommendations, ({ body }) => recommend(body)),
];
