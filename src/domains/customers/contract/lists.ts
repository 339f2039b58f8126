import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery } from '../../../kernel/page.ts';
import { identifierKind } from '../identifiers/kinds.ts';
import { genders } from './profile.ts';

const text = z.string().max(100);

/** A query key that may be repeated: absent, one text or several. */
const textList = z.union([z.array(text).max(50), text]).default([]).transform((given) => [given].flat().filter((one) => one !== ''));

const filters = {
  channel: textList,
  province: textList,
  gender: z.enum(genders).optional(),
  tag: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  /** `1`: known by more than a device; `0`: an anonymous visitor. */
  identified: z.enum(['0', '1']).optional(),
  /** First seen on these days of the brand's calendar, both included. */
  createdFrom: daySchema.optional(),
  createdTo: daySchema.optional(),
};
export type CustomerFilters = z.output<z.ZodObject<typeof filters>>;

export const customerRow = z.object({
  customerNo: z.number().int(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  memberNo: z.string().nullable(),
  gender: z.enum(genders).nullable(),
  province: z.string().nullable(),
  city: z.string().nullable(),
  channel: z.string().nullable(),
  tags: z.array(z.string()),
  createdAt: z.iso.datetime(),
  orders: z.number().int(),
  lastOrderAt: z.iso.datetime().nullable(),
  /** Bought less given back, over all time. */
  spent: z.string(),
});
export type CustomerRow = z.output<typeof customerRow>;

export const customerSorts = ['createdAt', 'lastOrderAt', 'spent'] as const;

export const listCustomers = endpoint({
  method: 'GET',
  path: '/api/customers',
  summary: 'Customers, newest first; sort by createdAt, lastOrderAt or spent. With q: who it names (see search), without the filters',
  access: 'customers.read',
  query: pageQuery.extend(filters),
  reply: pageOf(customerRow),
});

/** At most this many are counted and paged through when a name is searched. */
export const mostNameMatches = 1_000;

export const searchCustomers = endpoint({
  method: 'GET',
  path: '/api/customers/search',
  summary: 'Who a phone, mail address, member number, external id, customer number or beginning of a name means',
  access: 'customers.read',
  query: z.object({ q: z.string().trim().min(1).max(200), limit: z.coerce.number().int().min(1).max(50).default(10) }),
  reply: z.object({
    /** What was recognised in the text typed. */
    by: z.union([identifierKind, z.enum(['customer_no', 'name'])]),
    rows: z.array(customerRow),
    hasMore: z.boolean(),
  }),
});

export const exportCustomers = endpoint({
  method: 'GET',
  path: '/api/customers/export',
  summary: 'The same customers as a CSV file; personal values in full only with reveal=1 and the permission for it',
  access: 'customers.export',
  query: z.object({ ...filters, q: z.string().max(200).optional(), reveal: z.enum(['0', '1']).default('0') }),
  reply: z.string(),
  raw: true,
});

export const readCustomerFacets = endpoint({
  method: 'GET',
  path: '/api/customer-facets',
  summary: 'What the list of customers can be filtered by',
  access: 'customers.read',
  reply: z.object({
    channels: z.array(z.string()),
    provinces: z.array(z.string()),
    tags: z.array(z.object({ tagId: z.number().int(), name: z.string() })),
  }),
});
