import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import type { AssociationBasis, AssociationLevel } from '../../contract.ts';
import type { TestedRule } from '../mining/basket-rules.ts';
import type { Bundle } from '../mining/bundles.ts';
import { measuresOf } from '../mining/measures.ts';
import type { Mined } from '../mining/mine-level.ts';
import type { Neighbours } from '../model/neighbours.ts';

/** What an item is called and costs, by its number. */
export interface NamedItem {
  id: string;
  name: string;
  price: number;
}

const tables = ['association_rule', 'association_item', 'association_bundle'] as const;
const rowsAtOnce = 20_000;

async function insertAll(clickhouse: ClickHouse, table: (typeof tables)[number], rows: object[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) await clickhouse.insertRows(table, rows.slice(from, from + rowsAtOnce));
}

/** Drops what a run kept; also what one that is begun again had kept before it was broken off. */
export async function forgetRun(clickhouse: ClickHouse, modelId: number): Promise<void> {
  for (const table of tables) await clickhouse.command(`alter table ${table} drop partition {modelId:UInt32}`, { modelId });
}

/** How many rows a run kept: what it says it kept is gone after the database was made anew. */
export async function keptRows(clickhouse: ClickHouse, modelId: number): Promise<{ rules: number; items: number }> {
  const [row] = await clickhouse.rows(
    'select (select count() from association_rule where model_id = {modelId:UInt32}) as rules, (select count() from association_item where model_id = {modelId:UInt32}) as items', { modelId }) as { rules: string; items: string }[];
  return { rules: Number(row.rules), items: Number(row.items) };
}

/** Keeps the rules of one level, the surest of those that stand out most first. */
export async function keepRules(clickhouse: ClickHouse, modelId: number, level: AssociationLevel, items: readonly NamedItem[], { baskets, sequences }: Pick<Mined, 'baskets' | 'sequences'>): Promise<void> {
  const lists: [AssociationBasis, TestedRule[]][] = [['basket', baskets.rules], ['sequence', sequences.rules]];
  for (const [basis, rules] of lists) {
    const rows = rules.map((rule) => ({ rule, measures: measuresOf(rule) })).sort((a, b) => b.measures.lift - a.measures.lift).map(({ rule, measures }, n) => ({
      model_id: modelId, level, basis, rule_no: n + 1,
      antecedent: rule.antecedent.map((item) => items[item].id), antecedent_names: rule.antecedent.map((item) => items[item].name),
      consequent: items[rule.consequent].id, consequent_name: items[rule.consequent].name,
      base: rule.base, with_antecedent: rule.withAntecedent, with_consequent: rule.withConsequent, with_both: rule.withBoth,
      ...measures, p: rule.p, q: rule.q,
    }));
    await insertAll(clickhouse, 'association_rule', rows);
  }
}

const nearest = ({ size, filled, items, scores, counts }: Neighbours, item: number) => {
  const [from, to] = [item * size, item * size + (filled[item] ?? 0)];
  return { items: [...items.subarray(from, to)], scores: [...scores.subarray(from, to)], counts: [...counts.subarray(from, to)] };
};

/** Keeps what recommendations are made from. */
export async function keepItems(clickhouse: ClickHouse, modelId: number, items: readonly NamedItem[], mined: Mined): Promise<void> {
  const placeOf = new Map(Array.from(mined.popular, (item, place) => [item, place + 1]));
  await insertAll(clickhouse, 'association_item', items.map((item, n) => {
    const beside = nearest(mined.beside, n);
    const after = nearest(mined.after, n);
    return {
      model_id: modelId, item_no: n, product_id: item.id, name: item.name, price: item.price,
      orders: mined.itemOrders[n], popular_place: placeOf.get(n) ?? 0, repeats: mined.repeats[n] ?? 0,
      beside: beside.items, beside_scores: beside.scores, beside_counts: beside.counts,
      after: after.items, after_scores: after.scores, after_counts: after.counts,
      occasions: mined.itemOccasions[n] ?? 0, followed_by: mined.itemFollowed[n] ?? 0,
    };
  }));
}

export async function keepBundles(clickhouse: ClickHouse, modelId: number, items: readonly NamedItem[], bundles: readonly Bundle[]): Promise<void> {
  await insertAll(clickhouse, 'association_bundle', bundles.map((bundle, n) => ({
    model_id: modelId, bundle_no: n + 1, items: bundle.items.map((item) => items[item].id), names: bundle.items.map((item) => items[item].name),
    prices: bundle.items.map((item) => items[item].price), orders: bundle.orders, missing_one: bundle.missingOne, lift: bundle.lift,
    winnable: bundle.winnable, winnable_value: bundle.winnableValue,
  })));
}
