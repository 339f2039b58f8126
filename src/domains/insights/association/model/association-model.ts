import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { ask } from '../../../../platform/clickhouse/query.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { type Commerce, momentText } from '../../../commerce/public.ts';
import { type AssociationLevel, type AssociationParams, associationParams, type AssociationResult, associationResult } from '../../contract.ts';
import { modelKind, type ModelRun } from '../../models/model-kind.ts';
import { forgetRun, keepBundles, keepItems, keepRules, keptRows, type NamedItem } from '../kept/keep.ts';
import { mineApart } from '../mining/mine-apart.ts';
import type { Mined, RuleList } from '../mining/mine-level.ts';
import { buyersIn, itemsOf, salesExtent, type SoldItem } from '../reading/items.ts';
import { spanParams } from '../reading/order-stream.ts';

const daySeconds = 86_400;
const dayMs = daySeconds * 1_000;
const recentDays = 60;
/** So many people say how good recommendations are to half a percent. */
const heldOutPeople = 20_000;
const fewestItems = 2;

type Run = ModelRun<AssociationParams>;

/** The period a run learns from, and how many lines there are in all. */
interface Ground {
  from: Date;
  until: Date;
  lines: number;
  people: number;
  pieces: number;
  currency: string;
}

/** Rules, neighbours and bundles of a brand; trained like every model. */
export const associationModel = (platform: Platform, products: Commerce['products']) => modelKind({
  kind: 'association',
  params: associationParams,
  result: associationResult,
  begins: { reading: 0, keeping: 0.9 },
  run: (run) => runAssociation(platform, products, run),
  forget: (modelId) => forgetRun(platform.clickhouse, modelId),
  async isThere(modelId, { product, category }) {
    const kept = await keptRows(platform.clickhouse, modelId);
    const rules = [product, category].reduce((sum, level) => sum + (level ? level.baskets.kept + level.sequences.kept : 0), 0);
    return kept.rules === rules && kept.items === product.items;
  },
});

async function runAssociation(platform: Platform, products: Commerce['products'], run: Run): Promise<AssociationResult> {
  const ground = await findGround(platform, run);
  await forgetRun(platform.clickhouse, run.modelId);
  const [soldProducts, soldCategories] = await Promise.all([readItems(platform, 'product', ground), readItems(platform, 'category', ground)]);
  if (soldProducts.length < fewestItems) throw new Problem('insights.association_too_few_products', { status: 422 });
  const [mined, ofCategories] = await mineBoth(platform, run, ground, { product: soldProducts, category: soldCategories });
  const product = { items: await named(products, soldProducts), mined };
  const category = ofCategories && { items: soldCategories.map((item) => ({ ...item, name: item.id })), mined: ofCategories };
  await keepAll(platform, run, product, category);
  return {
    params: run.params, from: ground.from.toISOString(), until: ground.until.toISOString(), currency: ground.currency, pieces: ground.pieces,
    product: told(product.mined, product.items.length), category: category && told(category.mined, category.items.length),
  };
}

/** Products and categories side by side, each in a thread of its own. Where one fails, the other ends with it. */
async function mineBoth(platform: Platform, run: Run, ground: Ground, sold: Record<AssociationLevel, SoldItem[]>): Promise<[Mined, Mined | null]> {
  const failed = new AbortController();
  const both = { ...run, signal: AbortSignal.any([run.signal, failed.signal]) };
  const parts = { product: 0, category: 0 };
  const ofLevel = (level: AssociationLevel) => mine(platform, both, ground, level, sold[level], (part) => {
    parts[level] = part;
    return run.tell('reading', (parts.product + parts.category) / 2);
  });
  const levels = [ofLevel('product'), sold.category.length < fewestItems ? null : ofLevel('category')] as const;
  try {
    return await Promise.all(levels);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(levels);
    throw error;
  }
}

interface MinedLevel {
  items: NamedItem[];
  mined: Mined;
}

async function keepAll({ clickhouse }: Platform, { modelId, tell }: Run, product: MinedLevel, category: MinedLevel | null): Promise<void> {
  await tell('keeping', 0);
  await keepRules(clickhouse, modelId, 'product', product.items, product.mined);
  if (category) await keepRules(clickhouse, modelId, 'category', category.items, category.mined);
  await tell('keeping', 0.5);
  await keepItems(clickhouse, modelId, product.items, product.mined);
  await keepBundles(clickhouse, modelId, product.items, product.mined.bundles);
}

/** Up to the newest sale that is not of the future, and from so many days before it. */
async function findGround({ reader, pg }: Platform, { asOf, params }: Run): Promise<Ground> {
  const [[extent], { currency }] = await Promise.all([ask(reader, salesExtent, { asOf: momentText(asOf) }), readBrand(pg)]);
  if (extent.lines === 0) throw new Problem('insights.association_no_orders', { status: 422 });
  const until = new Date(new Date(extent.newest).getTime() + 1);
  const from = new Date(until.getTime() - params.periodDays * dayMs);
  const [{ people, lines, pieces }] = await ask(reader, buyersIn, spanParams({ from, until }));
  return { from, until, lines, people, pieces, currency };
}

const readItems = ({ reader }: Platform, level: AssociationLevel, { from, until, currency }: Ground): Promise<SoldItem[]> =>
  ask(reader, itemsOf(level), { ...spanParams({ from, until }), currency, recently: momentText(new Date(until.getTime() - recentDays * dayMs)) });

function mine({ reader }: Platform, { params, signal }: Run, ground: Ground, level: AssociationLevel, sold: SoldItem[], tell: (share: number) => Promise<void>): Promise<Mined> {
  const { from, until, people, lines } = ground;
  const windowSeconds = params.windowDays * daySeconds;
  const task = {
    hashes: sold.map(({ hash }) => hash), recent: sold.map(({ recent }) => recent), prices: sold.map(({ price }) => price),
    leastSupport: params.leastSupport, leastConfidence: params.leastConfidence,
    windowSeconds, lastOccasion: until.getTime() / 1_000 - windowSeconds, heldOutEvery: Math.max(1, Math.ceil(people / heldOutPeople)),
  };
  return mineApart({ address: reader.address, span: { level, from, until }, task }, { signal, tell: (read) => tell(Math.min(1, read / Math.max(1, lines))) });
}

async function named({ namesOf }: Commerce['products'], sold: SoldItem[]): Promise<NamedItem[]> {
  const names = await namesOf(sold.map(({ id }) => id));
  return sold.map((item) => ({ ...item, name: names.get(item.id) ?? item.id }));
}

function told(mined: Mined, items: number): AssociationResult['product'] {
  const list = ({ tested, found, rules }: RuleList, leastCount: number) => ({ tested, found, kept: rules.length, leastCount });
  const { orders, ordersOfNobody, largerOrders, occasions, people, holdOut } = mined;
  return {
    items, orders, ordersOfNobody, largerOrders, occasions, people, holdOut, bundles: mined.bundles.length,
    baskets: list(mined.baskets, mined.leastCount), sequences: list(mined.sequences, mined.leastOccasions),
  };
}
