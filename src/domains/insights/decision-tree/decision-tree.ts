import { route } from '../../../platform/http/route.ts';
import { readBrand } from '../../../platform/settings.ts';
import { readDecisionTree } from '../contract/decision-tree.ts';
import type { InsightsDoors, InsightsPart } from '../part.ts';
import { decisionTreeKind } from './decision-tree-kind.ts';

/** What tells who buys next, as a tree whose leaves are audiences. */
export function createDecisionTree({ platform, models, audiences }: InsightsDoors): InsightsPart {
  const kind = decisionTreeKind({ platform, audiences });
  return {
    models: [kind],
    routes: [
      route(readDecisionTree, async ({ actor: { locale } }) => {
        const [current, { currency }] = await Promise.all([models.current(kind), readBrand(platform.pg)]);
        const result = current?.result ?? null;
        const said = await Promise.all((result?.nodes ?? []).map(async ({ id, question, rule }) => [String(id), await audiences.sentenceOf(question?.rule ?? rule, locale)] as const));
        return { result, sentences: Object.fromEntries(said), currency };
      }),
    ],
  };
}
