import { z } from 'zod';
import type { Platform } from '../../../../platform/platform.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';
import { createNeighbours, type Neighbours, neighboursOfItem } from '../model/neighbours.ts';
import type { Recommender } from '../model/recommend.ts';

const count = z.coerce.number().int();
const numbers = z.array(z.number());

const itemsOfRun = question({
  name: 'association.served-items',
  sql: `select item_no, product_id, toString(cityHash64(product_id)) as hash, orders, popular_place, repeats, occasions, followed_by,
      beside, beside_scores, beside_counts, after, after_scores, after_counts
    from association_item where model_id = {modelId:UInt32} order by item_no`,
  params: z.object({ modelId: z.number() }),
  row: z.object({
    item_no: count, product_id: z.string(), hash: z.string().transform(BigInt), orders: count, popular_place: count, repeats: z.number(), occasions: count, followed_by: count,
    beside: numbers, beside_scores: numbers, beside_counts: numbers, after: numbers, after_scores: numbers, after_counts: numbers,
  }),
});
type ItemRow = z.output<typeof itemsOfRun.row>;

/** A product as the catalogue has it: only what is there and active is recommended. */
export interface Listed {
  name: string | null;
  category: string | null;
}

/** A run in memory, with everything an answer needs. */
export interface ServedModel {
  modelId: number;
  ids: string[];
  hashes: bigint[];
  numberOf: ReadonlyMap<string, number>;
  recommender: Recommender;
  orders: number[];
  occasions: number[];
  followedBy: number[];
  /** How many orders, and occasions, there are in all. */
  allOrders: number;
  allOccasions: number;
}

/** Takes a run's items into memory: about two kilobytes a product. */
export async function loadModel({ reader }: Platform, modelId: number, totals: { allOrders: number; allOccasions: number }): Promise<ServedModel> {
  const rows = await ask(reader, itemsOfRun, { modelId });
  const popular = rows.filter((row) => row.popular_place > 0).sort((a, b) => a.popular_place - b.popular_place).map((row) => row.item_no);
  return {
    modelId, ...totals,
    ids: rows.map((row) => row.product_id), hashes: rows.map((row) => row.hash), numberOf: new Map(rows.map((row) => [row.product_id, row.item_no])),
    recommender: {
      beside: neighboursOf(rows, (row) => [row.beside, row.beside_scores, row.beside_counts]),
      after: neighboursOf(rows, (row) => [row.after, row.after_scores, row.after_counts]),
      popular: Uint16Array.from(popular), repeats: Float32Array.from(rows, (row) => row.repeats),
    },
    orders: rows.map((row) => row.orders), occasions: rows.map((row) => row.occasions), followedBy: rows.map((row) => row.followed_by),
  };
}

function neighboursOf(rows: readonly ItemRow[], of: (row: ItemRow) => [number[], number[], number[]]): Neighbours {
  const { neighbours } = createNeighbours(rows.length);
  for (const row of rows) {
    const [items, scores, counts] = of(row);
    const from = row.item_no * neighboursOfItem;
    neighbours.filled[row.item_no] = items.length;
    neighbours.items.set(items, from);
    neighbours.scores.set(scores, from);
    neighbours.counts.set(counts, from);
  }
  return neighbours;
}

/** The catalogue's active products, of all that a run knows. */
export async function readListed({ pg }: Platform, ids: readonly string[]): Promise<Map<string, Listed>> {
  const { rows } = await pg.query<{ id: string; name: string | null; category: string | null }>(
    "select product_id as id, name, category from product where product_id = any($1::text[]) and status = 'active'", [ids]);
  return new Map(rows.map(({ id, name, category }) => [id, { name, category }]));
}
