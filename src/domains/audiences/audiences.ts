import type pg from 'pg';
import type { Actor } from '../../kernel/actor.ts';
import type { Bitmap } from '../../kernel/bitmap/bitmap.ts';
import type { Day } from '../../kernel/day.ts';
import type { Locale } from '../../kernel/locale.ts';
import { notFound } from '../../kernel/problem.ts';
import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import { createOutbound } from '../../platform/outbound/outbound.ts';
import type { Platform } from '../../platform/platform.ts';
import { readBrand } from '../../platform/settings.ts';
import { createBackground, type Customers } from '../customers/public.ts';
import { nobody, type Rule } from './contract/rule.ts';
import { type AudienceCounts, countAudiences } from './counts.ts';
import { createExpansion } from './expansion/expansion.ts';
import { heldRanks } from './expansion/held-ranks.ts';
import type { AudienceField } from './fields/field.ts';
import { createFieldRegistry } from './fields/registry.ts';
import { createValueNames } from './fields/value-names.ts';
import { listRoutes } from './lists/routes.ts';
import { createRound } from './live/round.ts';
import { makeUpRoutes } from './make-up/routes.ts';
import { previewRoutes } from './preview/routes.ts';
import { readyMadeRoutes } from './ready-made/routes.ts';
import { endOfDay } from './resolve/moments.ts';
import { resolveRule } from './resolve/resolve.ts';
import { createSentences, namesFrom } from './sentence/sentences.ts';
import { createDataVersions } from './set/data-versions.ts';
import { createSetEvaluator } from './set/evaluator.ts';
import type { AsOfToday } from './set/merged-numbers.ts';
import { makeAudience } from './stored/keeping/keep-audiences.ts';
import { findAudiences } from './stored/keeping/store.ts';
import { type AudienceUseSource, holdAudiences } from './stored/keeping/uses.ts';
import { compactVersions } from './stored/membership/compact.ts';
import { heldMembers } from './stored/membership/held-members.ts';
import { createMemberships } from './stored/membership/memberships.ts';
import { storedRoutes } from './stored/routes.ts';
import { deliveryRoutes } from './take-out/deliveries/routes.ts';
import { heldShipments } from './take-out/held-shipments.ts';
import { takeOutRoutes } from './take-out/routes.ts';
import { createShipping } from './take-out/shipping/shipping.ts';
import { createTagSets } from './tag-library/members/tag-sets.ts';
import { createTagLibrary } from './tag-library/tag-library.ts';
import { createAudienceRules } from './tag-library/uses/audience-rules.ts';
import type { TagUseSource } from './tag-library/uses/uses.ts';

export interface Audiences {
  routes: Route[];
  /** Makes a field of another domain one that rules can ask for. */
  registerField(field: AudienceField | (() => AudienceField)): void;
  /** Whom a rule means now, or meant at the end of a past day; what it says, and everybody there is. */
  peopleOf(rule: Rule, on?: Day): Promise<Bitmap>;
  sentenceOf(rule: Rule, locale: Locale): Promise<string>;
  everybody(): Promise<Bitmap>;
  /** A rule that means the people of an audience: its own, or of people who were fixed that they are in it. */
  ruleOf(audienceId: number): Promise<Rule>;
  /** Members of an audience now, each under the number they count for today. Whoever holds a connection gives it. */
  membersOf(audienceId: number, held?: pg.PoolClient): Promise<Bitmap>;
  /** How many people audiences have, without those that were deleted. */
  sizesOf(audienceIds: readonly number[]): Promise<{ audienceId: number; name: string; size: number; freshAt: Date | null }[]>;
  /** Takes numbers that facts carry to those their people count under today. */
  asOfToday: AsOfToday;
  /** Keeps people whom another domain found as a fixed audience that says what they were found as; answers with its id. */
  keepFound(found: FoundPeople, actor: Actor): Promise<number>;
  /** What other domains use audiences for. */
  registerUses(source: AudienceUseSource): void;
  /** Throws where one of these is not there; until the caller's transaction ends nobody deletes them. */
  hold(client: pg.ClientBase, audienceIds: readonly number[]): Promise<void>;
  /** How much is kept of people. */
  counts(): Promise<AudienceCounts>;
  /** What other domains use tags for. */
  registerTagUses(source: TagUseSource): void;
  /** Background work, for the process that does it. */
  start(): void;
  stop(): Promise<void>;
}

/** People behind a number, and what is to be known of them later. */
export interface FoundPeople {
  name: string;
  reason: string;
  people: Bitmap;
  /** What they are, in every language: `Lost customers who bought tea`. */
  sentences: Record<Locale, string>;
}

/** Between two looks at what changed for live audiences. */
const liveMs = 500;
/** Between two looks at which versions of members are put together. */
const compactMs = 600_000;

/** Who is meant: rules, the people they mean, and what is kept of them. */
export function createAudiences(platform: Platform, customers: Customers): Audiences {
  const { pg } = platform;
  const say = createSay();
  const fields = createFieldRegistry();
  const memberships = createMemberships(platform);
  const uses: AudienceUseSource[] = [];
  const stored = { members: memberships.members, list: memberships.list, tag: createTagSets(pg).tag };
  const versions = createDataVersions(pg);
  const evaluator = createSetEvaluator(platform, versions, stored);
  const valueNames = createValueNames(platform, say, fields);
  const sentences = createSentences(say, fields, {
    tags: namesFrom(pg, 'select tag_id as id, name from tag where tag_id = any($1::int[])'),
    audiences: namesFrom(pg, 'select audience_id as id, name from audience where audience_id = any($1::int[])'),
    lists: namesFrom(pg, 'select list_id as id, name from audience_list where list_id = any($1::int[])'),
  }, valueNames);
  const tags = async () => (await pg.query<{ tagId: number; name: string }>('select tag_id as "tagId", name from tag order by name limit 2000')).rows;
  const evaluate = async (rule: Rule, now: Date) => evaluator.evaluate(resolveRule(rule, fields, { now, timeZone: (await readBrand(pg)).timeZone, untilMs: null }));
  const tagLibrary = createTagLibrary({
    platform, customers, fields, say,
    evaluate,
    everybody: evaluator.everybody,
    list: memberships.namedList,
    asOfToday: memberships.asOfToday,
    dataVersion: async () => (await versions()).facts,
    audiences: createAudienceRules({ platform, evaluate }),
  });
  customers.registerComputedTags(tagLibrary.computedTags);
  customers.registerTimelineSource(tagLibrary.timeline);
  customers.registerHeldDataSource(tagLibrary.heldData);
  // Before members are erased: what is sent follows from them.
  customers.registerHeldDataSource(heldShipments(platform));
  customers.registerHeldDataSource(heldMembers(pg));
  customers.registerHeldDataSource(heldRanks(pg));
  const live = createBackground('live audiences', createRound({ platform, fields, evaluator, memberships, sets: stored }), liveMs, platform.log);
  const expansion = createExpansion({ platform, fields, evaluator, versions, members: memberships.members, sentences, valueNames, say, sentence: sentences.ofRule });
  const delivering = { platform, vault: customers.vault, say, memberships, outbound: createOutbound({ allowed: platform.config.outboundAllow }) };
  const background = [live, createBackground('versions of audiences', () => compactVersions(platform), compactMs, platform.log), tagLibrary.background, createShipping(delivering), expansion];
  return {
    routes: [
      ...previewRoutes({ platform, customers, vault: customers.vault, fields, sets: stored, evaluator, sentences, say, tags, valueNames }),
      ...readyMadeRoutes(fields, sentences, say),
      ...listRoutes({ platform, vault: customers.vault, memberships, everybody: evaluator.everybody }),
      ...storedRoutes({ platform, uses, say, vault: customers.vault, memberships, evaluate, sentence: sentences.ofRule }),
      ...makeUpRoutes({ platform, fields, evaluator, versions }, say, valueNames),
      ...takeOutRoutes(platform, customers.vault, stored, say),
      ...deliveryRoutes(delivering),
      ...expansion.routes,
      ...tagLibrary.routes,
    ],
    registerField: fields.register,
    peopleOf: async (rule, on) => (on === undefined ? evaluate(rule, platform.clock.now()) : evaluator.evaluate(resolveRule(rule, fields, endOfDay(on, (await readBrand(pg)).timeZone)))),
    ruleOf: (audienceId) => ruleMeaning(pg, audienceId),
    sentenceOf: sentences.ofRule,
    everybody: evaluator.everybody,
    membersOf: (audienceId, held) => memberships.members(audienceId, null, held),
    sizesOf: (audienceIds) => findAudiences(pg, audienceIds),
    asOfToday: memberships.asOfToday,
    async keepFound({ name, reason, people, sentences: said }, actor) {
      const origin = { kind: 'found' as const, sentences: said, at: platform.clock.now().toISOString() };
      const found = (await evaluator.everybody()).and(await memberships.asOfToday(people));
      return makeAudience({ platform, evaluate: async () => found }, { name, reason, kind: 'fixed', rule: nobody, origin }, actor);
    },
    registerUses: (source) => void uses.push(source),
    hold: holdAudiences,
    counts: () => countAudiences(pg),
    registerTagUses: tagLibrary.registerUses,
    start: () => background.forEach((each) => each.start()),
    stop: async () => void (await Promise.all(background.map((each) => each.stop()))),
  };
}

async function ruleMeaning(pool: pg.Pool, audienceId: number): Promise<Rule> {
  const [audience] = await findAudiences(pool, [audienceId]);
  if (!audience) throw notFound('audiences.not_found', { audienceId });
  return audience.kind === 'live' ? audience.rule : { kind: 'audience', audienceId };
}
