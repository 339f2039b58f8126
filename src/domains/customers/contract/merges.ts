import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, plainPageQuery } from '../../../kernel/page.ts';
import { identifierKind } from '../identifiers/kinds.ts';
import { customerParams } from './identifiers.ts';
import { customerRow } from './lists.ts';

const customerNo = customerParams.shape.customerNo;

export const mergeCustomers = endpoint({
  method: 'POST',
  path: '/api/customer-merges',
  summary: 'Makes one customer part of another; can be undone with nothing lost',
  access: 'customers.merge',
  body: z.object({ survivorNo: customerNo, absorbedNo: customerNo }),
  reply: z.object({ mergeId: z.number().int() }),
  status: 201,
});

export const undoMerge = endpoint({
  method: 'DELETE',
  path: '/api/customer-merges/:mergeId',
  summary: 'Takes a merge apart: both customers are as they were, with what came to each since',
  access: 'customers.merge',
  params: z.object({ mergeId: z.coerce.number().int().min(1).max(2_147_483_647) }),
  reply: z.object({ survivorNo: z.number().int(), absorbedNo: z.number().int() }),
});

/** Two customers who may be one person. */
const duplicatePair = z.object({
  one: customerRow,
  other: customerRow,
  /** What both were known by; null where it is not known any more. */
  kind: identifierKind.nullable(),
  foundAt: z.iso.datetime(),
});
export type DuplicatePair = z.output<typeof duplicatePair>;

export const listDuplicates = endpoint({
  method: 'GET',
  path: '/api/possible-duplicates',
  summary: 'Pairs of customers who share an identifier and of whom nobody said yet whether they are one, the latest first',
  access: 'customers.merge',
  query: plainPageQuery,
  reply: pageOf(duplicatePair),
});

export const dismissDuplicate = endpoint({
  method: 'PUT',
  path: '/api/customers/:customerNo/possible-duplicates/:otherNo/dismissal',
  summary: 'Notes that two customers are not the same person',
  access: 'customers.merge',
  params: customerParams.extend({ otherNo: customerNo }),
  reply: z.object({}),
  status: 204,
});
