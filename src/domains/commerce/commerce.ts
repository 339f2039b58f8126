import type pg from 'pg';
import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { FigureSource, HeldDataSource, TimelineSource } from '../customers/public.ts';
import { figureSource } from './person/figures.ts';
import { heldOrderLines, heldTotals } from './person/held-data.ts';
import { type LastOrder, lastOrdersOf } from './analytics/last-orders.ts';
import { type OrderCursor, type OrdersPage, ordersOf, totalsOf } from './person/orders-of.ts';
import { timelineSource } from './person/timeline.ts';
import { readFacets } from './orders/facets.ts';
import { existingOf, namesOf, pricesOf } from './products/catalogue.ts';
import { forgetProducts, learnProducts } from './products/of-import.ts';
import { type ProductStatement, upsertProducts } from './products/upsert.ts';
import { commerceRoutes } from './routes.ts';
import { refreshSummaries } from './summaries/refresh.ts';

export interface Commerce {
  routes: Route[];
  products: {
    /** Takes what is said of products into the catalogue; the newest wins. */
    upsert(client: pg.Pool | pg.PoolClient, statements: readonly ProductStatement[]): Promise<void>;
    /** Takes what order lines of an import name into the catalogue; may be repeated. */
    learn(importId: number): Promise<void>;
    /** Takes those out again that nothing else has spoken of. */
    forget(importId: number): Promise<void>;
    /** Names of products by id; those without a name are left out. */
    namesOf(productIds: string[]): Promise<Map<string, string>>;
    /** Of these ids, those that the catalogue knows. */
    existing(productIds: string[]): Promise<Set<string>>;
    /** List prices by id; those without one are left out. */
    pricesOf(productIds: string[]): Promise<Map<string, string>>;
  };
  /** The channels, regions, categories and brands that occur in orders, the most frequent first. */
  facets(): ReturnType<typeof readFacets>;
  /** Makes the totals of customers anew; call it after facts came or went. */
  refreshSummaries(customerNos: readonly number[] | 'all'): Promise<void>;
  /** A person's orders, newest first; `lineage` are the numbers whose facts are theirs. */
  ordersOf(lineage: number[], cursor: OrderCursor | null, limit?: number): Promise<OrdersPage>;
  totalsOf(lineage: number[]): ReturnType<typeof totalsOf>;
  /** The newest order under each of these numbers. */
  lastOrdersOf(customerNos: readonly number[]): Promise<Map<number, LastOrder>>;
  /** What was bought and given back, for the timeline of a person. */
  timelineSource: TimelineSource;
  figureSource: FigureSource;
  /** What is held about a person. Order lines are deleted by the fact log, to the right of this domain. */
  heldData(deleteFacts: (customerNos: number[]) => Promise<void>): HeldDataSource[];
}

/** Products, orders and refunds. */
export function createCommerce(platform: Platform): Commerce {
  return {
    routes: commerceRoutes(platform, createSay()),
    products: {
      upsert: upsertProducts,
      learn: (importId) => learnProducts(platform, importId),
      forget: (importId) => forgetProducts(platform, importId),
      namesOf: (productIds) => namesOf(platform, productIds),
      existing: (productIds) => existingOf(platform, productIds),
      pricesOf: (productIds) => pricesOf(platform, productIds),
    },
    facets: () => readFacets(platform),
    refreshSummaries: (customerNos) => refreshSummaries(platform, customerNos),
    ordersOf: (lineage, cursor, limit) => ordersOf(platform, lineage, cursor, limit),
    totalsOf: (lineage) => totalsOf(platform, lineage),
    lastOrdersOf: (customerNos) => lastOrdersOf(platform, customerNos),
    timelineSource: timelineSource(platform),
    figureSource: figureSource(platform),
    heldData: (deleteFacts) => [heldOrderLines(platform, deleteFacts), heldTotals(platform)],
  };
}
