import type { Rule } from '../src/domains/audiences/contract.ts';
import { createFieldRegistry } from '../src/domains/audiences/fields/registry.ts';
import { resolveRule } from '../src/domains/audiences/resolve/resolve.ts';
import { createDataVersions } from '../src/domains/audiences/set/data-versions.ts';
import { createSetEvaluator } from '../src/domains/audiences/set/evaluator.ts';
import { makeAudience } from '../src/domains/audiences/stored/keeping/keep-audiences.ts';
import { createMemberships } from '../src/domains/audiences/stored/membership/memberships.ts';
import type { TagLibraryDoors } from '../src/domains/audiences/tag-library/doors.ts';
import { keepTagsUp } from '../src/domains/audiences/tag-library/evaluation/keep-up.ts';
import { bytesOf } from '../src/domains/audiences/tag-library/members/shards.ts';
import { createTagSets, type TagSets } from '../src/domains/audiences/tag-library/members/tag-sets.ts';
import { createTagLibrary, type TagLibrary } from '../src/domains/audiences/tag-library/tag-library.ts';
import { createAudienceRules } from '../src/domains/audiences/tag-library/uses/audience-rules.ts';
import { createCommerce, type Commerce } from '../src/domains/commerce/public.ts';
import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { createSay } from '../src/platform/i18n.ts';
import { createCustomersServer, type CustomersServer } from './customers-server.ts';
import { staff } from './harness.ts';
import { insertLines } from './order-lines.ts';

export interface TagLibraryServer extends CustomersServer {
  library: TagLibrary;
  doors: TagLibraryDoors;
  sets: TagSets;
  commerce: Commerce;
  /** An uploaded list of people; returns its id. */
  list(name: string, customerNos: number[]): Promise<number>;
  /** A live audience; returns its id. */
  audience(name: string, rule: Rule): Promise<number>;
  /** The time it is; real time where nothing is set. */
  now: { at: Date | null };
  /** Orders of customers, so much spent in each, known at once. */
  orders(spent: [customerNo: number, amount: number][], at?: string): Promise<void>;
  /** One turn of the upkeep; returns how many tags were computed. */
  turn(): Promise<number>;
}

/** The tag library over HTTP, with the set evaluator and stored audiences on real stores. */
export async function createTagLibraryServer(): Promise<TagLibraryServer> {
  const now: TagLibraryServer['now'] = { at: null };
  let made: Pick<TagLibraryServer, 'library' | 'doors' | 'sets'> | undefined;
  const shop = await createCustomersServer((given, customers) => {
    const platform = { ...given, clock: { now: () => now.at ?? new Date() } };
    const sets = createTagSets(platform.pg);
    const fields = createFieldRegistry();
    const versions = createDataVersions(platform.pg);
    const memberships = createMemberships(platform);
    const evaluator = createSetEvaluator(platform, versions, { tag: sets.tag, list: memberships.list, members: memberships.members });
    const evaluate = (rule: Rule, at: Date) => evaluator.evaluate(resolveRule(rule, fields, { now: at, timeZone: 'Asia/Shanghai', untilMs: null }));
    const doors: TagLibraryDoors = {
      platform, customers, fields, say: createSay(), evaluate,
      everybody: evaluator.everybody,
      list: memberships.namedList,
      asOfToday: memberships.asOfToday,
      dataVersion: async () => (await versions()).facts,
      audiences: createAudienceRules({ platform, evaluate }),
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
    ...shop, ...made, commerce, now,
    async list(name, customerNos) {
      const { rows } = await shop.platform.pg.query<{ list_id: number }>(
        `insert into audience_list (name, members, size, lines, unknown, duplicates, created_at, created_by)
          values ($1, $2, $3, $3, 0, 0, now(), 'test') returning list_id`, [name, bytesOf(Bitmap.of(customerNos)), customerNos.length]);
      return rows[0].list_id;
    },
    audience: (name, rule) => makeAudience(doors, { name, reason: '', kind: 'live', rule }, staff('audiences.edit')),
    async orders(spent, at = '2026-03-01T04:00:00.000Z') {
      await insertLines(shop.platform.clickhouse, spent.map(([customerNo, amount], i) => ({ customerNo, amount, at, order: `${at} ${customerNo} ${i}` })));
      await commerce.refreshSummaries('all');
      await shop.platform.pg.query('update fact_state set data_version = data_version + 1');
    },
    turn: () => keepTagsUp(doors, new AbortController().signal),
  };
}
