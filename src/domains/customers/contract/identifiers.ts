import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { identifierKind } from '../identifiers/kinds.ts';

/** A customer's number in an address. */
export const customerParams = z.object({ customerNo: z.coerce.number().int().min(1).max(2_147_483_647) });

/** An identifier as shown: personal ones only in part, until they are revealed. */
export const shownIdentifier = z.object({
  /** Names it in addresses; says nothing about the value. */
  id: z.string(),
  kind: identifierKind,
  namespace: z.string(),
  masked: z.string(),
  /** True where `masked` hides something. */
  isPersonal: z.boolean(),
  addedAt: z.iso.datetime(),
  /** The number it came with, where that is another one that became part of this customer. */
  cameWith: z.number().int().nullable(),
});

export const addIdentifier = endpoint({
  method: 'POST',
  path: '/api/customers/:customerNo/identifiers',
  summary: 'Gives a customer an identifier nobody has',
  access: 'customers.edit',
  params: customerParams,
  body: z.object({ kind: identifierKind, namespace: z.string().trim().max(100).default(''), value: z.string().min(1).max(254) }),
  reply: z.object({ id: z.string() }),
  status: 201,
});

export const removeIdentifier = endpoint({
  method: 'DELETE',
  path: '/api/customers/:customerNo/identifiers/:identifierId',
  summary: 'Takes an identifier from a customer; the last one stays',
  access: 'customers.edit',
  params: customerParams.extend({ identifierId: z.string().regex(/^[a-z_]+-[0-9a-f-]{36}$/) }),
  reply: z.object({}),
  status: 204,
});
