import type { Rule } from '../src/domains/audiences/contract.ts';
import { createFieldRegistry } from '../src/domains/audiences/fields/registry.ts';
import { resolveRule } from '../src/domains/audiences/resolve/resolve.ts';
import { createDataVersions } from '../src/domains/audiences/set/data-versions.ts';
import { createSetEvaluator } from '../src/domains/audiences/set/evaluator.ts';
import { keepTagsUp } from '../src/domains/audiences/tag-library/evaluation/keep-up.ts';
import { createTagSets, type TagSets } from '../src/domains/audiences/tag-library/members/tag-sets.ts';
import type { TagLibraryDoors } from '../src/domains/audiences/tag-library/doors.ts';
import { createTagLibrary, type TagLibrary } from '../src/domains/audiences/tag-library/tag-library.ts';
import { createCommerce, type Commerce } from '../src/domains/commerce/public.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { notFound } from '../src/kernel/problem.ts';
import { createSay } from '../src/platform/i18n.ts';
import { createCustomersServer, type CustomersServer } from './customers-server.ts';
import { insertLines } from './order-lines.ts';

export interface TagLibraryServer extends CustomersServer {
  library: TagLibrary;
  doors: TagLibraryDoors;
  sets: TagSets;
  commerce: Commerce;
  /** Uploaded lists by id. */
  lists: Map<number, { name: string; members: Bitmap }>;
  /** Rules of audiences, as another part keeps them. */
  audiences: { audienceId: number; name: string; rule: Rule; versionNo: number }[];
  /** The time it is; real time where nothing is set. */
  now: { at: Date | null };
  /** Orders of customers, so much spent in each, known at once. */
  orders(spent: [customerNo: number, amount: number][], at?: string): Promise<void>;
  /** One turn of the upkeep; returns how many tags were computed. */
  turn(): Promise<number>;
}

/** The tag library over HTTP, with the set evaluator on real stores. */
export async function createTagLibraryServer(): Promise<TagLibraryServer> {
  const now: TagLibraryServer['now'] = { at: null };
  const lists: TagLibraryServer['lists'] = new Map();
  const audiences: TagLibraryServer['audiences'] = [];
  let made: Pick<TagLibraryServer, 'library' | 'doors' | 'sets'> | undefined;
  const shop = await createCustomersServer((given, customers) => {
    const platform = { ...given, clock: { now: () => now.at ?? new Date() } };
    const sets = createTagSets(platform.pg);
    const fields = createFieldRegistry();
    const versions = createDataVersions(platform.pg);
    const evaluator = createSetEvaluator(platform, versions, {
      tag: sets.tag,
      list: async (listId) => lists.get(listId)?.members ?? Bitmap.empty,
      members: async () => Bitmap.empty,
    });
    const doors: TagLibraryDoors = {
      platform, customers, fields, say: createSay(),
      evaluate: (rule, at) => evaluator.evaluate(resolveRule(rule, fields, { now: at, timeZone: 'Asia/Shanghai', untilMs: null })),
      everybody: evaluator.everybody,
      async list(listId) {
        const list = lists.get(listId);
        if (!list) throw notFound('audiences.list_not_found', { listId });
        return list;
      },
      asOfToday: async (members) => members,
      dataVersion: async () => (await versions()).facts,
      audiences: {
        all: async () => audiences,
        async replaceTag() {
          return 0;
        },
      },
    };
    const library = createTagLibrary(doors);
    customers.registerComputedTags(library.computedTags);
    customers.registerTimelineSource(library.timeline);
    customers.registerHeldDataSource(library.heldData);
    made = { library, doors, sets };
    return library.routes;
  });
  if (!made) throw new Error('the server has no routes');
  const { doors } = made;
  const commerce = createCommerce(shop.platform);
  return {
    ...shop, ...made, commerce, lists, audiences, now,
    async orders(spent, at = '2026-03-01T04:00:00.000Z') {
      await insertLines(shop.platform.clickhouse, spent.map(([customerNo, amount], i) => ({ customerNo, amount, at, order: `${at} ${customerNo} ${i}` })));
      await commerce.refreshSummaries('all');
      await shop.platform.pg.query('update fact_state set data_version = data_version + 1');
    },
    turn: () => keepTagsUp(doors, new AbortController().signal),
  };
}
