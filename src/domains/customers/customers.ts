import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import { createBackground } from './background.ts';
import { consents, type Consents } from './consents/store.ts';
import { countCustomers, type CustomerCounts } from './counts.ts';
import { createCopier, type Copier } from './copies/copier.ts';
import { finishErasures } from './erasure/elsewhere.ts';
import { createSlots } from './identifiers/namespaces.ts';
import { createCustomerNumbers } from './identities/numbers.ts';
import { createRecognise, type Meant, type Recognised } from './identities/recognise.ts';
import { createIdentities, type Identities } from './identities/resolve.ts';
import { lineageOf } from './merges/lineage.ts';
import { createProfiles, type Profiles } from './profiles/apply-traits.ts';
import { customersRoutes } from './routes.ts';
import { createSearch } from './search/find.ts';
import { guardSearch } from './search/guarded-search.ts';
import type { ComputedTagSource, FigureSource, HeldDataSource, Sources, TimelineSource } from './sources.ts';
import { lapseTags } from './tags/lapse.ts';
import { tags, type Tags } from './tags/store.ts';
import { ownTimelineSources } from './timeline/own-sources.ts';
import { createNameKeys, type NameKeys } from './vault/name-key.ts';
import { createImportedPeople, type ImportedPeople } from './bulk/imported-people.ts';
import { createVault, type Vault } from './vault/vault.ts';

/** The customers domain. */
export interface Customers {
  routes: Route[];
  vault: Vault;
  nameKeys: NameKeys;
  identities: Identities;
  profiles: Profiles;
  consents: Consents;
  tags: Tags;
  /** What ClickHouse knows of customers and merges, kept the same as PostgreSQL. */
  copier: Copier;
  /** The numbers whose facts belong to a customer, the one they count under first. */
  lineage(customerNo: number): Promise<number[]>;
  /** Who somebody is, and whether what is known of them may be used for what they are shown; null for nobody. */
  recognise(meant: Meant): Promise<Recognised | null>;
  /** How many there are, and of how many is known what they agreed to. */
  counts(): Promise<CustomerCounts>;
  /** Brings the copies of these customers in ClickHouse up to date, and whatever else waits. */
  syncToClickHouse(customerNos: readonly number[]): Promise<void>;
  /** People whom an import made, for taking it back. */
  imported: ImportedPeople;
  /** What domains to the right bring to a person's page, export and erasure. */
  registerTimelineSource(source: TimelineSource): void;
  registerFigureSource(source: FigureSource): void;
  registerComputedTags(source: ComputedTagSource): void;
  registerHeldDataSource(source: HeldDataSource): void;
  /** Background work, for the process that does it. */
  start(): void;
  stop(): Promise<void>;
}

const copyPauseMs = 1_000;
const erasurePauseMs = 20_000;
const lapsePauseMs = 5_000;

export function createCustomers(platform: Platform): Customers {
  const { pg: pool, log } = platform;
  const vault = createVault(platform.secret);
  const nameKeys = createNameKeys(platform.secret);
  const copier = createCopier(platform);
  const sources: Sources = { timeline: ownTimelineSources(pool), figures: [], tags: [], heldData: [] };
  const slots = createSlots(pool);
  const search = guardSearch(platform, createSearch(pool, vault, nameKeys, slots));
  const background = [
    createBackground('customer copies', () => copier.drain(), copyPauseMs, log),
    createBackground('lapsing tags', () => lapseTags(platform), lapsePauseMs, log),
    createBackground('erasures', () => finishErasures(platform, sources), erasurePauseMs, log),
  ];
  return {
    routes: customersRoutes({ platform, vault, nameKeys, search, sources, copier, say: createSay() }),
    vault,
    nameKeys,
    identities: createIdentities(vault, createCustomerNumbers(pool)),
    profiles: createProfiles(vault, nameKeys),
    consents,
    tags,
    copier,
    lineage: (customerNo) => lineageOf(pool, customerNo),
    recognise: createRecognise(pool, vault, slots),
    imported: createImportedPeople(platform, sources),
    counts: () => countCustomers(pool),
    syncToClickHouse: (customerNos) => copier.sync(customerNos),
    registerTimelineSource: (source) => void sources.timeline.push(source),
    registerFigureSource: (source) => void sources.figures.push(source),
    registerComputedTags: (source) => void sources.tags.push(source),
    registerHeldDataSource: (source) => void sources.heldData.push(source),
    start: () => background.forEach((each) => each.start()),
    stop: async () => void (await Promise.all(background.map((each) => each.stop()))),
  };
}
