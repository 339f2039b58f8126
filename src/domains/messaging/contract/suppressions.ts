import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { channelKinds } from './vocabulary.ts';

/** Why somebody is on the list of those that nothing goes to. */
export const suppressionReasons = ['hard_bounce', 'complaint', 'by_hand', 'imported'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

/** What somebody can be put on the list by, besides their number: addresses that are valid everywhere. */
export const suppressedKinds = ['phone', 'email'] as const;
export type SuppressedKind = (typeof suppressedKinds)[number];

const count = z.number().int();
const path = '/api/suppressions';
const channel = z.enum(channelKinds).nullable();
const customerNo = count.min(1).max(2_147_483_647);

const suppression = z.object({
  suppressionNo: count, reason: z.enum(suppressionReasons), channel, stopsService: z.boolean(),
  /** One of the two; an address is masked. */
  customerNo: count.nullable(), address: z.object({ kind: z.enum(suppressedKinds), masked: z.string().nullable() }).nullable(),
  addedAt: z.iso.datetime(), addedBy: z.string(),
});
export type ShownSuppression = z.output<typeof suppression>;

export const listSuppressions = endpoint({
  method: 'GET', path, summary: 'People and addresses that nothing goes to, the newest first', access: 'messaging.read',
  query: z.object({ reason: z.enum(suppressionReasons).optional(), before: z.coerce.number().int().min(1).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }),
  reply: z.object({ rows: z.array(suppression), next: count.nullable(), totals: z.array(z.object({ reason: z.enum(suppressionReasons), total: count })), computedAt: z.iso.datetime() }),
});
const meant = { channel: channel.default(null), stopsService: z.boolean().default(false) };
export const addSuppression = endpoint({
  method: 'POST', path, summary: 'Puts a person or an address on the list', access: 'messaging.rules',
  body: z.object({ ...meant, whom: z.union([z.object({ customerNo }), z.object({ kind: z.enum(suppressedKinds), value: z.string().trim().min(1).max(200) })]) }),
  reply: z.object({ added: z.boolean() }), status: 201,
});
export const removeSuppression = endpoint({
  method: 'DELETE', path: `${path}/:suppressionNo`, summary: 'Takes somebody off the list', access: 'messaging.rules',
  params: z.object({ suppressionNo: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }), reply: z.void(), status: 204,
});
/** Rows are read apart: what is wrong with some keeps nobody else out, and none is said again. */
export const importSuppressions = endpoint({
  method: 'POST', path: `${path}/import`, summary: 'Puts many addresses of one kind on the list', access: 'messaging.rules', bodyLimitBytes: 4_194_304,
  body: z.object({ ...meant, kind: z.enum(suppressedKinds), values: z.array(z.string().max(200)).min(1).max(20_000) }),
  reply: z.object({ added: count, known: count, wrongLines: z.array(count) }), status: 201,
});
export const exportSuppressions = endpoint({
  method: 'GET', path: `${path}/export`, summary: 'The list as a CSV file, with addresses in full', access: 'customers.reveal', reply: z.string(), raw: true,
});
