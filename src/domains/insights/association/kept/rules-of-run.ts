import { z } from 'zod';
import { parseSort } from '../../../../kernel/page.ts';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import { type AssociationRule, bundleSorts, ruleSorts } from '../../contract.ts';

const columns: Record<(typeof ruleSorts)[number], string> = {
  support: 'support', confidence: 'confidence', lift: 'lift', conviction: 'ifNull(conviction, inf)', withBoth: 'with_both', q: 'q',
};

const count = z.coerce.number().int();
/** The engine writes numbers that JSON has no word for as null. */
const number = z.number().nullable();
const texts = z.array(z.string());

const ruleRow = z.object({
  rule_no: count, antecedent: texts, antecedent_names: texts, consequent: z.string(), consequent_name: z.string(),
  base: count, with_antecedent: count, with_consequent: count, with_both: count,
  support: z.number(), confidence: z.number(), lift: z.number(), conviction: number, p: z.number(), q: z.number(), total: count,
});

/** One question for each order that a list can have: its text holds columns of this file only. */
const rulesSortedBy = (order: string) => question({
  name: 'association.rules',
  sql: `select rule_no, antecedent, antecedent_names, consequent, consequent_name, base, with_antecedent, with_consequent, with_both,
      support, confidence, lift, conviction, p, q, count() over () as total
    from association_rule
    where model_id = {modelId:UInt32} and level = {level:String} and basis = {basis:String}
      and ({size:UInt8} = 0 or length(antecedent) = {size:UInt8})
      and ({mostQ:Float64} >= 1 or q <= {mostQ:Float64})
      and ({item:String} = '' or has(antecedent, {item:String}) or consequent = {item:String})
      and ({q:String} = '' or positionCaseInsensitiveUTF8(concat(arrayStringConcat(antecedent_names, '\\n'), '\\n', consequent_name), {q:String}) > 0)
    order by ${order}, rule_no limit {limit:UInt32} offset {offset:UInt32}`,
  params: z.object({
    modelId: z.number(), level: z.string(), basis: z.string(), size: z.number(), mostQ: z.number(), item: z.string(), q: z.string(),
    limit: z.number(), offset: z.number(),
  }),
  row: ruleRow,
});

export interface RulesAsked {
  modelId: number;
  level: string;
  basis: string;
  size?: number | undefined;
  sure: boolean;
  item?: string | undefined;
  q?: string | undefined;
  sort?: string | undefined;
  limit: number;
  offset: number;
}

/** So many wrong among those that are shown as sure. */
const mostQ = 0.05;

/** A page of the rules of a run; without a sort the highest lift first. */
export async function rulesOfRun(clickhouse: ClickHouse, asked: RulesAsked): Promise<{ rows: AssociationRule[]; total: number }> {
  const { field, descending } = parseSort(asked.sort, ruleSorts) ?? { field: 'lift' as const, descending: true };
  const { modelId, level, basis, limit, offset, size = 0, item = '', q = '', sure } = asked;
  const rows = await ask(clickhouse, rulesSortedBy(`${columns[field]} ${descending ? 'desc' : 'asc'}`), { modelId, level, basis, limit, offset, size, item, q, mostQ: sure ? mostQ : 1 });
  return { rows: rows.map(asRule), total: rows[0]?.total ?? 0 };
}

const asRule = (row: z.output<typeof ruleRow>): AssociationRule => ({
  ruleNo: row.rule_no, antecedent: row.antecedent.map((id, n) => ({ id, name: row.antecedent_names[n] })), consequent: { id: row.consequent, name: row.consequent_name },
  base: row.base, withAntecedent: row.with_antecedent, withConsequent: row.with_consequent, withBoth: row.with_both,
  support: row.support, confidence: row.confidence, lift: row.lift, conviction: row.conviction, p: row.p, q: row.q,
});

const bundleColumns: Record<(typeof bundleSorts)[number], string> = {
  extraValue: 'winnable_value', extraOrders: 'winnable', lift: 'lift', orders: 'orders', price: 'arraySum(prices)',
};

const bundlesSortedBy = (order: string) => question({
  name: 'association.bundles',
  sql: `select bundle_no, items, names, prices, orders, missing_one, lift, winnable, winnable_value, count() over () as total
    from association_bundle where model_id = {modelId:UInt32} and ({item:String} = '' or has(items, {item:String}))
      and ({q:String} = '' or positionCaseInsensitiveUTF8(arrayStringConcat(names, '\\n'), {q:String}) > 0)
    order by ${order}, bundle_no limit {limit:UInt32} offset {offset:UInt32}`,
  params: z.object({ modelId: z.number(), item: z.string(), q: z.string(), limit: z.number(), offset: z.number() }),
  row: z.object({
    bundle_no: count, items: texts, names: texts, prices: z.array(z.number()), orders: count, missing_one: count,
    lift: z.number(), winnable: z.number(), winnable_value: z.number(), total: count,
  }),
});

/** A page of the bundles of a run, at a response of so much; without a sort the most valuable first. */
export async function bundlesOfRun(clickhouse: ClickHouse, asked: { modelId: number; item?: string | undefined; q?: string | undefined; sort?: string | undefined; limit: number; offset: number }, response: number) {
  const { field, descending } = parseSort(asked.sort, bundleSorts) ?? { field: 'extraValue' as const, descending: true };
  const { modelId, item = '', q = '', limit, offset } = asked;
  const rows = await ask(clickhouse, bundlesSortedBy(`${bundleColumns[field]} ${descending ? 'desc' : 'asc'}`), { modelId, item, q, limit, offset });
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map((row) => ({
      bundleNo: row.bundle_no, items: row.items.map((id, n) => ({ id, name: row.names[n], price: row.prices[n] })),
      price: row.prices.reduce((sum, price) => sum + price, 0), orders: row.orders, missingOne: row.missing_one, lift: row.lift,
      extraOrders: row.winnable * response, extraValue: row.winnable_value * response,
    })),
  };
}
