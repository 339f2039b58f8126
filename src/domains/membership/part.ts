import type pg from 'pg';
import type { Actor } from '../../kernel/actor.ts';
import type { DrawnLine } from '../../kernel/program.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Say } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AudienceField, Audiences } from '../audiences/public.ts';
import type { AddToDemo } from '../collect/public.ts';
import type { Commerce } from '../commerce/public.ts';
import type { Customers, FigureSource, HeldDataSource } from '../customers/public.ts';
import type { Insights } from '../insights/public.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Members } from './members/members.ts';
import type { Programme } from './programme/programme.ts';

/** What the domain stands on. */
export interface MembershipOptions {
  commerce: Commerce;
  customers: Customers;
  audiences: Audiences;
  insights: Insights;
}

/** What the brand's budget has for what members are given; whoever keeps one brings it. In the caller's transaction. */
export interface PromisesBudget {
  /**
   * Puts aside what a program comes to at most from its beginning to its end, as far as it does not hold that already; null where nobody
   * can tell: then its lines have to have something, those of months to come too where it has not begun. Refused with a Problem where its lines
   * have no more. Returns the names of those that only warn and are over their caps.
   */
  reserve(client: pg.PoolClient, program: string, asked: { most: string | null; hasBegun: boolean }, by: string): Promise<readonly string[]>;
  /** The lines a program draws on, as far as somebody may see them. */
  lines(program: string, actor: Actor): Promise<DrawnLine[]>;
}

/** For a brand that keeps no budget. */
export const noBudget: PromisesBudget = { reserve: async () => [], lines: async () => [] };

/** What parts of this domain are made with. */
export interface MembershipDoors extends MembershipOptions {
  platform: Platform;
  say: Say;
  ledger: Ledger;
  programme: Programme;
  members: Members;
  budget: PromisesBudget;
}

/** A part of this domain: what it answers, and what it brings to others. */
export interface MembershipPart {
  routes: Route[];
  /** What rules of audiences may ask for. */
  fields?: AudienceField[];
  /** What it holds of people, for exports and erasures. */
  heldData?: HeldDataSource[];
  figures?: FigureSource[];
  /** What it adds to the demonstration brand, in the transaction that says all of it is there. */
  demo?: AddToDemo;
  /** Background work, for the process that does it. */
  start?(): void;
  stop?(): Promise<void>;
}
