import type { Route } from '../../platform/http/route.ts';
import type { Say } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AudienceField, Audiences } from '../audiences/public.ts';
import type { Commerce } from '../commerce/public.ts';
import type { Customers, HeldDataSource } from '../customers/public.ts';
import type { ModelKind } from './models/model-kind.ts';
import type { Models } from './models/models.ts';
import type { PeopleSource } from './people/people.ts';

/** What parts of this domain are made with. */
export interface InsightsDoors {
  platform: Platform;
  say: Say;
  commerce: Commerce;
  customers: Customers;
  audiences: Audiences;
  /** Rises whenever facts, merges or totals of customers change. */
  dataVersion(): Promise<number>;
  models: Models;
}

/** A part of this domain: what it answers, and what it brings to others. */
export interface InsightsPart {
  routes: Route[];
  /** Whom its numbers stand for. */
  people?: PeopleSource[];
  models?: ModelKind[];
  /** What rules of audiences may ask for; as a function where a model computes it, with that model's run as its version. */
  fields?: (AudienceField | (() => AudienceField))[];
  /** What it holds of people, for exports and erasures. */
  heldData?: HeldDataSource[];
  /** Background work, for the process that does it. */
  start?(): void;
  stop?(): Promise<void>;
}
