import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { identifierKind } from '../../customers/contract.ts';
import { decimalText } from './programme.ts';
import { listPointsEntries, readPoints } from './points.ts';

const count = z.number().int();
const text = z.string().trim().min(1).max(200);
const moment = z.iso.datetime({ offset: true });
const shownMoment = z.iso.datetime();
const key = z.string().trim().min(1).max(100);

/** Whom a shop means: by number, or by what somebody is known by. */
export const buyer = z.union([z.object({ customerNo: count.min(1).max(2_147_483_647) }), z.object({ kind: identifierKind, value: z.string().min(1).max(200) })]);
export type Buyer = z.output<typeof buyer>;

/** What makes a price lower: a member's price is the programme's, the others are the shop's. */
export const layerKinds = ['member_price', 'member_day', 'promotion', 'coupon'] as const;
export type LayerKind = (typeof layerKinds)[number];
/** What a layer is worked out of: the list price, the price after the member's price, or what is left after all before it. */
export const layerBases = ['list', 'member', 'net'] as const;
export type LayerBase = (typeof layerBases)[number];
/** Why a layer does not count, or not in full. */
export const layerReasons = ['excluded', 'same_group', 'below_least', 'no_line', 'nothing_left', 'not_a_member', 'no_member_day', 'at_floor'] as const;
export type LayerReason = (typeof layerReasons)[number];
/** Why fewer points are used than were wanted, or none. */
export const pointsReasons = ['not_taken', 'excluded', 'not_a_member', 'has_fewer', 'most_of_bill', 'enough', 'whole_units'] as const;
export type PointsReason = (typeof pointsReasons)[number];

const positive = decimalText.refine((value) => (parseDecimal(value) ?? 0n) > 0n);

const line = z.object({
  /** Names the line in the answer and in returns; each once. */
  line: key,
  productId: text,
  category: z.string().trim().max(200).default(''),
  quantity: positive,
  /** Of one. */
  listPrice: decimalText,
  /** What one is never sold below. */
  floorPrice: decimalText.default('0'),
});

const layer = z.object({
  key,
  name: z.string().trim().max(100).default(''),
  /** A member's price is the programme's own; what else the shop takes off is told here. */
  kind: z.enum(['member_day', 'promotion', 'coupon']),
  base: z.enum(layerBases),
  off: z.union([
    z.object({ percent: positive.refine((value) => (parseDecimal(value) ?? 0n) <= 1_000_000n) }),
    z.object({ amount: positive }),
  ]),
  /** The lines it is about; all where none is named. */
  lines: z.array(key).min(1).max(200).optional(),
  /** What its base must come to. */
  least: decimalText.default('0'),
  /** The higher goes first where two cannot both count. */
  priority: count.min(-1_000).max(1_000).default(0),
  /** Of one group one counts. */
  group: key.nullable().default(null),
  /** What it does not go with. */
  excludes: z.array(z.enum([...layerKinds, 'points'])).max(5).default([]),
});

const cart = z.object({
  /** Nobody in particular where it is left out. */
  customer: buyer.optional(),
  lines: z.array(line).min(1).max(200).refine((lines) => new Set(lines.map((each) => each.line)).size === lines.length, { error: 'each line once' }),
  layers: z.array(layer).max(50).refine((layers) => new Set(layers.map((each) => each.key)).size === layers.length, { error: 'each layer once' }).default([]),
  freight: decimalText.default('0'),
  /** On top of the prices. */
  tax: decimalText.default('0'),
  channel: z.string().trim().max(100).default(''),
  /** When the order was placed, at most as long ago as a quote is kept; now where it is left out. */
  placedAt: moment.optional(),
  points: z.union([count.min(0).max(1_000_000_000), z.literal('all')]).default(0),
  /** For how long the quote is kept. */
  minutes: count.min(1).max(1_440).default(30),
});
export type Cart = z.output<typeof cart>;

const money = z.string();
const discount = z.object({ layer: z.string(), amount: money });
const quote = z.object({
  quoteId: z.uuid(),
  /** Null for nobody in particular, and for whom nobody knows. */
  customerNo: count.nullable(),
  isMember: z.boolean(),
  tier: z.object({ key: z.string(), name: z.string() }).nullable(),
  currency: z.string(),
  placedAt: shownMoment,
  madeAt: shownMoment,
  /** Until then it can be held. */
  validUntil: shownMoment,
  lines: z.array(z.object({
    line: z.string(), list: money,
    /** Of the line, by the member's price. */
    memberPrice: money.nullable(),
    net: money, discounts: z.array(discount),
    points: count, pointsMoney: money, pay: money,
  })),
  /** Lines of products that are reserved for members of other tiers: until then, or for ever. No order can be placed with them. */
  reserved: z.array(z.object({ line: z.string(), until: shownMoment.nullable() })),
  /** Every layer, by its key, with why it counts or does not. */
  layers: z.array(z.object({
    key: z.string(), name: z.string(), kind: z.enum(layerKinds), base: z.enum(layerBases), accepted: z.boolean(), amount: money,
    reason: z.enum(layerReasons).nullable(),
    /** The layer that stands in its way, or by how much it is missed. */
    by: z.string().nullable(), missing: money,
    sentence: z.string(),
  })),
  /** What is charged beside the goods. */
  freight: z.object({ charged: money, free: money, tax: money, points: count, pointsMoney: money, pay: money, sentence: z.string() }),
  points: z.object({
    available: count, used: count, money,
    reason: z.enum(pointsReasons).nullable(),
    sentence: z.string(),
  }),
  total: z.object({ list: money, discounts: money, net: money, pointsMoney: money, pay: money }),
  /** What it earns when it is paid and nothing of it comes back; null where it earns nothing. */
  earns: z.object({ points: count, growth: count, availableAt: shownMoment, expiresAt: shownMoment.nullable(), derivation: z.record(z.string(), z.unknown()) }).nullable(),
});
export type Quote = z.output<typeof quote>;

export const quoteCart = endpoint({
  method: 'POST', path: '/api/membership/quote', summary: 'What a cart costs and earns: member prices, discounts that count or do not and why, points that are needed',
  access: 'membership.checkout', body: cart, reply: quote,
});

const orderKey = key;
const order = z.object({
  orderKey, quoteId: z.uuid(), customerNo: count.nullable(),
  state: z.enum(['held', 'committed', 'cancelled', 'lapsed']),
  placedAt: shownMoment,
  /** Until then it can be paid at the prices of the quote. */
  payUntil: shownMoment,
  currency: z.string(), pay: money,
  points: count,
  returned: z.object({ money, points: count }),
});
export type MemberOrder = z.output<typeof order>;

export const holdOrder = endpoint({
  method: 'POST', path: '/api/membership/orders', summary: 'Places an order by a quote: its prices are kept and its points put aside until it is paid',
  access: 'membership.checkout', body: z.object({ orderKey, quoteId: z.uuid(), minutes: count.min(1).max(10_080).default(30) }), reply: order,
});
export const commitOrder = endpoint({
  method: 'POST', path: '/api/membership/orders/commit', summary: 'An order was paid: spends its points', access: 'membership.checkout', body: z.object({ orderKey }), reply: order,
});
export const cancelOrder = endpoint({
  method: 'POST', path: '/api/membership/orders/cancel', summary: 'An order will not be paid: lets its points go', access: 'membership.checkout', body: z.object({ orderKey }), reply: order,
});
export const returnOrder = endpoint({
  method: 'POST', path: '/api/membership/orders/returns', summary: 'Goods came back: tells the money to give back, and gives the points back', access: 'membership.checkout',
  body: z.object({
    orderKey,
    /** The same key is the same return. */
    key,
    /** All that is left where none is named. */
    lines: z.array(z.object({ line: key, quantity: positive })).min(1).max(200).refine((lines) => new Set(lines.map((each) => each.line)).size === lines.length, { error: 'each line once' }).optional(),
  }),
  reply: order.extend({ money, pointsBack: count, isReplay: z.boolean() }),
});
export const readOrder = endpoint({
  method: 'GET', path: '/api/membership/orders', summary: 'An order by its key', access: 'membership.checkout', query: z.object({ orderKey }), reply: order,
});

/** By what somebody is known by has no place in an address, which stands in logs. */
export const askBalance = endpoint({
  method: 'POST', path: '/api/membership/balance', summary: 'A person’s points and tier, by number or by what they are known by', access: 'membership.checkout', body: z.object({ customer: buyer }),
  reply: readPoints.reply.extend({ isMember: z.boolean(), tier: z.object({ key: z.string(), name: z.string() }).nullable() }),
});
export const askHistory = endpoint({
  method: 'POST', path: '/api/membership/history', summary: 'A person’s points line by line, the newest first', access: 'membership.checkout',
  body: z.object({ customer: buyer, before: count.min(1).optional(), limit: count.min(1).max(100).default(20) }), reply: listPointsEntries.reply,
});
