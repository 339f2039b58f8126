import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';

/** What stands together: single products, or the categories they belong to. */
export const associationLevels = ['product', 'category'] as const;
export const associationLevel = z.enum(associationLevels);
export type AssociationLevel = z.output<typeof associationLevel>;
/** In one basket, or one after the other in orders of one person. */
export const associationBases = ['basket', 'sequence'] as const;
export const associationBasis = z.enum(associationBases);
export type AssociationBasis = z.output<typeof associationBasis>;

/** What a run is asked to do. */
export const associationParams = z.object({
  /** The least share of orders in which a rule must hold; null takes half the square root of the number of orders, five at least. */
  leastSupport: z.number().gt(0).max(0.5).nullable().default(null),
  leastConfidence: z.number().min(0).max(1).default(0.1),
  /** Within how many days something counts as bought after something else. */
  windowDays: z.number().int().min(1).max(180).default(30),
  /** How many days up to the newest order are learnt from. */
  periodDays: z.number().int().min(7).max(1_095).default(365),
});
export type AssociationParams = z.output<typeof associationParams>;

const count = z.number().int();
const share = z.number();
const listInfo = z.object({
  /** Rules that were tested against chance, those above the least confidence, and those that are kept. */
  tested: count, found: count, kept: count,
  /** In how many orders, or on how many occasions, a rule must hold. */
  leastCount: count,
});

const levelResult = z.object({
  items: count,
  /** Orders that say what was bought, those of nobody among them, and those of more than one item. */
  orders: count, ordersOfNobody: count, largerOrders: count,
  /** Orders whose time to be followed has run out. */
  occasions: count,
  people: count,
  baskets: listInfo,
  sequences: listInfo,
  bundles: count,
  /** How often one of ten recommendations was in the last order of people whose last order was not learnt from. */
  holdOut: z.object({ people: count, hitRate: share, popular: share, ownMost: share }),
});

export const associationResult = z.object({
  params: associationParams,
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  currency: z.string(),
  /** Pieces sold in the period: over orders they are the pieces of an order, which is called 连带率, too. */
  pieces: z.number(),
  product: levelResult,
  category: levelResult.nullable(),
});
export type AssociationResult = z.output<typeof associationResult>;

const item = z.object({ id: z.string(), name: z.string() });

export const associationRule = z.object({
  ruleNo: count,
  antecedent: z.array(item),
  consequent: item,
  base: count, withAntecedent: count, withConsequent: count, withBoth: count,
  support: share, confidence: share, lift: z.number(),
  /** Null where the antecedent never is without the consequent. */
  conviction: z.number().nullable(),
  /** Of Fisher's exact test of this rule alone, and among all that were tested (Benjamini and Hochberg). */
  p: share, q: share,
});
export type AssociationRule = z.output<typeof associationRule>;

export const ruleSorts = ['support', 'confidence', 'lift', 'conviction', 'withBoth', 'q'] as const;

const ruleQuery = pageQuery.extend({
  sort: sortOf(...ruleSorts),
  level: associationLevel.default('product'),
  basis: associationBasis.default('basket'),
  /** Rules that this product or category is part of. */
  item: z.string().max(200).optional(),
  /** Rules of so many items before the arrow. */
  size: z.coerce.number().int().min(1).max(3).optional(),
  /** 1: only rules that are surer than chance, five in a hundred of them wrong at most. */
  sure: z.enum(['0', '1']).default('0').transform((value) => value === '1'),
});

const provenance = { modelId: count.nullable() };

export const listAssociationRules = endpoint({
  method: 'GET',
  path: '/api/insights/association/rules',
  summary: 'What is bought together or after one another: rules with their figures, out of the newest run',
  access: 'insights.read',
  query: ruleQuery,
  reply: pageOf(associationRule).extend(provenance),
});

export const exportAssociationRules = endpoint({
  method: 'GET',
  path: '/api/insights/association/rules/export',
  summary: 'The same rules as a CSV file',
  access: 'insights.export',
  query: ruleQuery.omit({ page: true, pageSize: true }),
  reply: z.string(),
  raw: true,
});

export const readAssociation = endpoint({
  method: 'GET',
  path: '/api/insights/association',
  summary: 'What the newest run read and found, and how good its recommendations were for people it had not seen to the end',
  access: 'insights.read',
  reply: z.object({ modelId: count.nullable(), result: associationResult.nullable(), computedAt: z.iso.datetime() }),
});

export const associationBundle = z.object({
  bundleNo: count,
  items: z.array(item.extend({ price: z.number() })),
  /** Sum of the average prices. */
  price: z.number(),
  /** Orders that hold all of it today, and all but one. */
  orders: count, missingOne: count,
  lift: z.number(),
  /** With the given response: orders more, and what the missing pieces are worth. */
  extraOrders: z.number(), extraValue: z.number(),
});

export const bundleSorts = ['extraValue', 'extraOrders', 'lift', 'orders', 'price'] as const;

export const listBundles = endpoint({
  method: 'GET',
  path: '/api/insights/association/bundles',
  summary: 'Products that could be sold as a bundle, by what an offer could win',
  access: 'insights.read',
  query: pageQuery.extend({
    sort: sortOf(...bundleSorts),
    item: z.string().max(200).optional(),
    /** How much of the most that an offer can win it does win. */
    response: z.coerce.number().gt(0).max(1).default(0.1),
  }),
  reply: pageOf(associationBundle).extend(provenance),
});

/** People who bought one thing, and another or not: whom a rule could still win, or whom it holds for. */
export const associationPeople = z.object({
  kind: z.literal('association'),
  level: associationLevel,
  antecedent: z.array(z.string().min(1).max(200)).min(1).max(3),
  consequent: z.string().min(1).max(200),
  bought: z.boolean(),
  days: z.number().int().min(1).max(1_095),
});
export type AssociationPeople = z.output<typeof associationPeople>;
