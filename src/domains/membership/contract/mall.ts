import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';
import { parseDecimal } from '../../../kernel/decimal.ts';
import { decimalText, names, programmeKey } from './programme.ts';

const count = z.number().int();
const most = 1_000_000_000;
const at = z.iso.datetime({ offset: true });

/** How an item reaches who exchanged for it: codes of others, codes made here, a parcel, something a partner gives. */
export const mallDelivery = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('codes') }),
  z.object({ kind: z.literal('made_codes'), prefix: z.string().regex(/^[A-Z0-9]{0,8}$/) }),
  z.object({ kind: z.literal('shipment') }),
  z.object({ kind: z.literal('partner'), benefit: z.string().min(1).max(200) }),
]);
export type MallDelivery = z.output<typeof mallDelivery>;
export const mallDeliveryKinds = ['codes', 'made_codes', 'shipment', 'partner'] as const;

export const mallIcons = ['gift', 'ticket', 'bag', 'star', 'heart', 'crown', 'truck', 'cup'] as const;

/** How often somebody may: null without a limit. */
export const participationLimits = z.object({ perDay: count.min(1).max(1_000).nullable(), total: count.min(1).max(100_000).nullable() });
export type ParticipationLimits = z.output<typeof participationLimits>;

export const mallItemDefinition = z.object({
  names,
  note: z.string().trim().max(500).default(''),
  icon: z.enum(mallIcons),
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  /** What one costs: points, and money where it is not `0`. */
  points: count.min(0).max(most),
  money: decimalText,
  delivery: mallDelivery,
  limits: participationLimits,
  /** For members of these tiers; for all where none is named. */
  tiers: z.array(programmeKey).max(20),
  startsAt: at.nullable(),
  endsAt: at.nullable(),
  /** For how long points and stock are put aside while money is waited for. */
  payMinutes: count.min(1).max(1_440),
}).refine(({ startsAt, endsAt }) => startsAt === null || endsAt === null || Date.parse(startsAt) < Date.parse(endsAt), { path: ['endsAt'], params: { said: 'before_start' } })
  .refine(({ points, money }) => points > 0 || parseDecimal(money) === 0n, { path: ['points'] });
export type MallItemDefinition = z.output<typeof mallItemDefinition>;

export const mallItemStates = ['draft', 'listed', 'unlisted'] as const;
const item = z.object({
  itemNo: count,
  definition: mallItemDefinition,
  state: z.enum(mallItemStates),
  version: count,
  /** How many there are in all, and how many of them were taken; null without a limit. */
  stock: count.nullable(),
  taken: count,
  editedBy: z.string(),
  editedAt: z.iso.datetime(),
});
export type MallItem = z.output<typeof item>;

const itemNo = z.coerce.number().int().min(1).max(2_147_483_647);
const orderNo = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const customerNo = z.coerce.number().int().min(1).max(2_147_483_647);
const ofItem = z.object({ itemNo });
const ofOrder = z.object({ orderNo });
const path = '/api/mall';

export const listMallItems = endpoint({
  method: 'GET', path: `${path}/items`, summary: 'Items of the points mall', access: 'membership.read',
  query: pageQuery.extend({ sort: sortOf('editedAt', 'points', 'left', 'taken'), state: z.enum(mallItemStates).optional(), kind: z.enum(mallDeliveryKinds).optional() }),
  reply: pageOf(item),
});
export const readMallItem = endpoint({ method: 'GET', path: `${path}/items/:itemNo`, summary: 'One item of the points mall', access: 'membership.read', params: ofItem, reply: item });
export const createMallItem = endpoint({ method: 'POST', path: `${path}/items`, summary: 'Draft an item of the points mall', access: 'membership.mall', body: z.object({ definition: mallItemDefinition }), reply: item, status: 201 });
export const changeMallItem = endpoint({
  method: 'PUT', path: `${path}/items/:itemNo`, summary: 'Change an item; orders keep the price they were made at', access: 'membership.mall', params: ofItem,
  body: z.object({ version: count, definition: mallItemDefinition }), reply: item,
});
export const showMallItem = endpoint({
  method: 'POST', path: `${path}/items/:itemNo/state`, summary: 'List an item, or take it off the mall', access: 'membership.mall', params: ofItem, body: z.object({ state: z.enum(['listed', 'unlisted']) }), reply: item,
});
export const changeMallStock = endpoint({
  method: 'POST', path: `${path}/items/:itemNo/stock`, summary: 'Add to what there is of an item, or take away what nobody has taken yet', access: 'membership.mall', params: ofItem,
  body: z.object({ add: count.min(-most).max(most).refine((add) => add !== 0) }), reply: item,
});
export const addMallCodes = endpoint({
  method: 'POST', path: `${path}/items/:itemNo/codes`, summary: 'Add codes of others, a line each: as many more can be exchanged', access: 'membership.mall', params: ofItem,
  body: z.object({ text: z.string().min(1).max(1_000_000) }), reply: z.object({ added: count, repeated: count, item }),
});

export const mallOrderStates = ['opened', 'reserved', 'paying', 'confirmed', 'fulfilled', 'closing', 'cancelled', 'reversing', 'reversed'] as const;
export type MallOrderState = (typeof mallOrderStates)[number];
const order = z.object({
  orderNo: count,
  itemNo: count,
  names,
  icon: z.enum(mallIcons),
  color: z.string(),
  customerNo: count,
  /** Masked; null where none is known. */
  customerName: z.string().nullable(),
  state: z.enum(mallOrderStates),
  points: count,
  /** In the brand's currency. */
  money: z.string(),
  delivery: z.enum(mallDeliveryKinds),
  activityNo: count.nullable(),
  openedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  document: z.string(),
  /** Whether it is known where the parcel goes; false for what is not sent. */
  hasRecipient: z.boolean(),
  /** The end of it alone, unless it is told to who exchanged for it. */
  code: z.string().nullable(),
  note: z.string(),
  reason: z.string(),
  steps: z.array(z.object({ state: z.enum(mallOrderStates), at: z.iso.datetime(), by: z.string() })),
});
export type MallOrder = z.output<typeof order>;
const exchanged = order.extend({ isReplay: z.boolean() });

export const listMallOrders = endpoint({
  method: 'GET', path: `${path}/orders`, summary: 'Exchanges of the points mall', access: 'membership.read',
  query: pageQuery.extend({ sort: sortOf('openedAt', 'points'), state: z.enum(mallOrderStates).optional(), item: itemNo.optional(), customer: customerNo.optional() }).omit({ q: true }),
  reply: pageOf(order),
});
export const readMallOrder = endpoint({ method: 'GET', path: `${path}/orders/:orderNo`, summary: 'One exchange', access: 'membership.read', params: ofOrder, reply: order });
export const exchangeMallItem = endpoint({
  method: 'POST', path: `${path}/orders`, summary: 'Exchange points for an item; with money to pay, points and item are put aside until it is', access: 'membership.checkout',
  body: z.object({ key: z.string().trim().min(1).max(200), customerNo, itemNo }), reply: exchanged, status: 201,
});
export const confirmMallOrder = endpoint({
  method: 'POST', path: `${path}/orders/:orderNo/confirm`, summary: 'Say that an exchange was paid', access: 'membership.checkout', params: ofOrder, body: z.object({ document: z.string().trim().max(200).default('') }), reply: order,
});
export const cancelMallOrder = endpoint({ method: 'POST', path: `${path}/orders/:orderNo/cancel`, summary: 'Call off an exchange that was not paid', access: 'membership.checkout', params: ofOrder, reply: order });
export const shipMallOrder = endpoint({
  method: 'POST', path: `${path}/orders/:orderNo/shipment`, summary: 'Say that a product was sent, and how', access: 'membership.mall', params: ofOrder, body: z.object({ note: z.string().trim().min(1).max(200) }), reply: order,
});
export const reverseMallOrder = endpoint({
  method: 'POST', path: `${path}/orders/:orderNo/reversal`, summary: 'Take an exchange back: points return to where they came from', access: 'membership.mall', params: ofOrder,
  body: z.object({ reason: z.string().trim().min(1).max(500), returnsStock: z.boolean() }), reply: order,
});

/** Where a parcel goes. */
export const mallRecipient = z.object({ name: z.string().trim().min(1).max(60), phone: z.string().trim().regex(/^\+?[\d\s-]{5,24}$/), address: z.string().trim().min(5).max(300) });
export type MallRecipient = z.output<typeof mallRecipient>;
export const setMallRecipient = endpoint({
  method: 'PUT', path: `${path}/orders/:orderNo/recipient`, summary: 'Say where the parcel of an exchange goes', access: 'membership.mall', params: ofOrder, body: mallRecipient, reply: order,
});
export const revealMallRecipient = endpoint({
  method: 'GET', path: `${path}/orders/:orderNo/recipient`, summary: 'Where the parcel of an exchange goes, in full; written down who read it', access: 'membership.mall', params: ofOrder, reply: mallRecipient,
});

/** Why somebody cannot exchange for an item now. */
export const mallHindrances = ['not_a_member', 'not_for_tier', 'not_begun', 'ended', 'sold_out', 'day_limit', 'total_limit', 'too_few_points', 'paused'] as const;
export type MallHindrance = (typeof mallHindrances)[number];
const offered = item.pick({ itemNo: true, definition: true }).extend({ left: count.nullable(), hindrance: z.enum(mallHindrances).nullable() });
export type MallOffer = z.output<typeof offered>;
export const readMallOf = endpoint({
  method: 'GET', path: '/api/members/:customerNo/mall', summary: 'What a member can exchange points for, and of the rest why not', access: 'membership.read', params: z.object({ customerNo }),
  reply: z.object({ available: count, items: z.array(offered), computedAt: z.iso.datetime() }),
});
export const readExchangesOf = endpoint({
  method: 'GET', path: '/api/members/:customerNo/mall/orders', summary: 'What a member exchanged points for, the newest first, with the codes that are theirs', access: 'membership.checkout', params: z.object({ customerNo }),
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }), reply: z.object({ orders: z.array(order) }),
});
export const listPartnerBenefits = endpoint({
  method: 'GET', path: `${path}/partner-benefits`, summary: 'What partners give that points can be exchanged for', access: 'membership.read', reply: z.object({ benefits: z.array(z.object({ key: z.string(), names })) }),
});
