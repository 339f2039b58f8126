import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { identifierKind } from '../../customers/contract.ts';

/** What goes with it in a basket, what follows it in later orders, what the person buys again, what sells. */
export const recommendationReasons = ['beside', 'after', 'again', 'popular'] as const;

const productId = z.string().min(1).max(200);
const customerNo = z.coerce.number().int().min(1).max(2_147_483_647);

const most = z.coerce.number().int().min(1).max(50).default(10);

const recommendation = z.object({
  productId: z.string(),
  name: z.string().nullable(),
  category: z.string().nullable(),
  score: z.number(),
  reason: z.enum(recommendationReasons),
  /** The product that speaks for it most, with the figures of that rule; null for what sells. */
  because: z.object({
    productId: z.string(), name: z.string().nullable(), withBoth: z.number().int(), confidence: z.number(), lift: z.number(),
  }).nullable(),
});
export type Recommendation = z.output<typeof recommendation>;

const reply = z.object({
  items: z.array(recommendation),
  /** True where the person's own orders were used: not of whom nothing is known, nor of whom does not want it. */
  personal: z.boolean(),
  modelId: z.number().int(),
});

export const readRecommendations = endpoint({
  method: 'GET',
  path: '/api/recommendations',
  summary: 'Products that go with a product, or for a customer by number; what sells without either',
  access: 'insights.recommend',
  query: z.object({ product: productId.optional(), customerNo: customerNo.optional(), category: z.string().min(1).max(200).optional(), limit: most })
    .refine(({ product, customerNo: no }) => product === undefined || no === undefined, { error: 'a product or a customer' }),
  reply,
});

/** A question by what somebody is known by has no place in an address, which stands in logs. */
export const askRecommendations = endpoint({
  method: 'POST',
  path: '/api/recommendations',
  summary: 'Products that go with a cart, or for a user by an identifier; what sells without either',
  access: 'insights.recommend',
  body: z.object({
    cart: z.array(productId).min(1).max(50).optional(),
    user: z.union([z.object({ customerNo }), z.object({ kind: identifierKind, value: z.string().min(1).max(200) })]).optional(),
    /** Left out, beside what is in the cart: what the page shows already. */
    exclude: z.array(productId).max(200).default([]),
    category: z.string().min(1).max(200).optional(),
    limit: most,
  }),
  reply,
});
