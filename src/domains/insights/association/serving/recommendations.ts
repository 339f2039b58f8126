import { Problem } from '../../../../kernel/problem.ts';
import { momentText } from '../../../commerce/public.ts';
import { lineagesOf, readStandings } from '../../../customers/public.ts';
import type { Recommendation } from '../../contract.ts';
import type { InsightsDoors } from '../../part.ts';
import type { associationModel } from '../model/association-model.ts';
import { justBought, type Recommended, recommendBeside, recommendNext, recommendPopular } from '../model/recommend.ts';
import { becauseOf } from './because.ts';
import { createKnownHistories, type KnownHistories } from './histories/known-histories.ts';
import { type Listed, loadModel, readListed, type ServedModel } from './served-model.ts';

/** What a shop asks. A cart or a product goes before the user; without any of them it is what sells. */
export interface Wanted {
  cart?: readonly string[] | undefined;
  user?: Parameters<InsightsDoors['customers']['recognise']>[0] | undefined;
  exclude?: readonly string[] | undefined;
  category?: string | undefined;
  limit: number;
}

export interface Answer {
  items: Recommendation[];
  personal: boolean;
  modelId: number;
}

/** A run with what goes with it while it is served. */
interface Served {
  model: ServedModel;
  listed: Map<string, Listed>;
  histories(): KnownHistories;
  readsHistories(): boolean;
  close(): void;
}

const listedForMs = 60_000;

/** Answers out of memory. A newer run is taken up beside the answers of the one before. */
export function createRecommendations({ platform, customers, models }: InsightsDoors, kind: ReturnType<typeof associationModel>) {
  let served: Promise<Served> | undefined;
  let servedId = 0;
  const take = async (): Promise<Served> => {
    const current = await models.current(kind);
    if (!current) throw new Problem('insights.no_recommendations', { status: 409 });
    const { from, until, product } = current.result;
    const model = await loadModel(platform, current.modelId, { allOrders: product.orders, allOccasions: product.occasions });
    let histories: KnownHistories | undefined;
    const taken: Served = {
      model,
      listed: await readListed(platform, model.ids),
      histories: () => (histories ??= createKnownHistories(platform, model.hashes, momentText(new Date(from)), { from: new Date(from), until: new Date(until) })),
      readsHistories: () => histories !== undefined,
      close() {
        clearInterval(timer);
        histories?.close();
      },
    };
    const timer = setInterval(() => void readListed(platform, model.ids).then((listed) => (taken.listed = listed)).catch((error: unknown) => platform.log.warn({ err: error }, 'the catalogue could not be read; recommendations go on with what was active')), listedForMs);
    timer.unref();
    return taken;
  };
  const current = async (): Promise<Served> => {
    const newest = models.currentId(kind.kind);
    if (served && newest === servedId) return served;
    const before = served;
    const next = take();
    servedId = newest;
    if (before) replace(before, next, newest).catch((error: unknown) => platform.log.warn({ err: error }, 'a newer run could not be taken up; recommendations go on with the one before'));
    else {
      served = next;
      next.catch(() => (served = undefined));
    }
    return before ?? next;
  };
  /** Requests go on with the run before until the newer one is in memory, and with it everybody's history if users are asked for. */
  const replace = async (before: Promise<Served>, next: Promise<Served>, id: number): Promise<void> => {
    const [old, newer] = await Promise.all([before, next]);
    if (old.readsHistories()) await newer.histories().ready;
    if (servedId !== id) return newer.close();
    void served?.then((replaced) => replaced.close());
    served = next;
  };
  const recommend = async ({ cart, user, exclude = [], category, limit }: Wanted): Promise<Answer> => {
    const { model, listed, histories } = await current();
    const numbersOf = (ids: readonly string[]): number[] => ids.flatMap((id) => model.numberOf.get(id) ?? []);
    const someone = cart || !user ? null : await customers.recognise(user);
    const history = someone?.mayPersonalise ? await histories().of(someone.customerNo, someone.lineage) : null;
    const isPersonal = history !== null && history.items.length > 0;
    const first = cart ? recommendBeside(model.recommender, numbersOf(cart)) : isPersonal ? recommendNext(model.recommender, history) : [];
    const near = category ?? (cart ? (listed.get(cart[0]) ?? (await readListed(platform, [cart[0]])).get(cart[0]))?.category : null);
    const popular = recommendPopular(model.recommender);
    const ofCategory = near ? popular.filter(({ item }) => isWithin(listed.get(model.ids[item])?.category, near)) : [];
    const without = new Set([...numbersOf([...exclude, ...(cart ?? [])]), ...(history ? justBought(history, model.recommender.repeats) : [])]);
    const chosen = choose([first, ofCategory, popular], without, (item) => listed.has(model.ids[item]), limit);
    return { items: chosen.map((one) => shown(model, listed, one)), personal: isPersonal, modelId: model.modelId };
  };
  return { recommend, recommendMany: recommendMany(platform, current) };
}

/**
 * The same for many people at once, as for a mail to each: one reading of who they are and one of what they refused, and their orders
 * out of memory. Who is gone is left out.
 */
const recommendMany = ({ pg: pool }: InsightsDoors['platform'], current: () => Promise<Served>) => async (customerNos: readonly number[], limit: number): Promise<Map<number, Recommendation[]>> => {
  const [{ model, listed, histories }, lineages] = [await current(), await lineagesOf(pool, customerNos)];
  const known = histories();
  await known.ready;
  const roots = new Map([...lineages].map(([no, lineage]) => [no, lineage[0]]));
  const merged = [...new Set([...lineages.values()].filter(({ length }) => length > 1).map(([root]) => root))];
  const standings = await readStandings(pool, [...new Set(roots.values())], merged, anyAgreement);
  const popular = recommendPopular(model.recommender);
  const found = new Map<number, Recommendation[]>();
  for (const [no, lineage] of lineages) {
    const mayPersonalise = standings.get(lineage[0])?.mayPersonalise ?? true;
    const history = mayPersonalise ? await known.of(lineage[0], lineage) : null;
    const first = history && history.items.length > 0 ? recommendNext(model.recommender, history) : [];
    const without = new Set(history ? justBought(history, model.recommender.repeats) : []);
    found.set(no, choose([first, popular], without, (item) => listed.has(model.ids[item]), limit).map((one) => shown(model, listed, one)));
  }
  return found;
};

/** What somebody refused to be shown is refused of all channels. */
const anyAgreement = { channel: 'email', purpose: 'personalisation' } as const;

/** Categories are paths: `饮品/茶叶` lies within `饮品`. */
const isWithin = (category: string | null | undefined, wanted: string): boolean => category === wanted || (category?.startsWith(`${wanted}/`) ?? false);

/** The first that may be shown, each once, the better list before the next. */
function choose(lists: Recommended[][], without: Set<number>, mayShow: (item: number) => boolean, limit: number): Recommended[] {
  const chosen: Recommended[] = [];
  const taken = new Set(without);
  for (const one of lists.flat()) {
    if (chosen.length === limit) break;
    if (taken.has(one.item) || !mayShow(one.item)) continue;
    taken.add(one.item);
    chosen.push(one);
  }
  return chosen;
}

function shown(model: ServedModel, listed: Map<string, Listed>, one: Recommended): Recommendation {
  const id = model.ids[one.item];
  const because = becauseOf(model, one);
  return {
    productId: id, name: listed.get(id)?.name ?? null, category: listed.get(id)?.category ?? null, score: one.score, reason: one.reason,
    because: because && { productId: model.ids[because.item], name: listed.get(model.ids[because.item])?.name ?? null, withBoth: because.withBoth, confidence: because.confidence, lift: because.lift },
  };
}
