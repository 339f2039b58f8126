import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { consentState } from './consent.ts';
import { customerParams, shownIdentifier } from './identifiers.ts';

export const genders = ['female', 'male'] as const;

const attributeValue = z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()])).max(50)]);

export const shownTag = z.object({
  tagId: z.number().int(),
  name: z.string(),
  addedAt: z.iso.datetime(),
  addedBy: z.string(),
  /** When its time is over; null where it lasts. */
  lapsesAt: z.iso.datetime().nullable(),
  /** Computed from facts and kept up by itself; nobody takes it away by hand. */
  isComputed: z.boolean(),
});

/** A figure about a customer from another domain. `label` is a message with its namespace. */
export const shownFigure = z.object({
  label: z.string(),
  value: z.string().nullable(),
  unit: z.enum(['money', 'number', 'date', 'text', 'message']),
  computedAt: z.iso.datetime(),
});

const duplicate = z.object({
  customerNo: z.number().int(),
  name: z.string().nullable(),
  /** The kind of identifier both were said to have. */
  kind: z.string(),
  foundAt: z.iso.datetime(),
});

const merge = z.object({
  mergeId: z.number().int(),
  survivorNo: z.number().int(),
  absorbedNo: z.number().int(),
  reason: z.enum(['device', 'staff']),
  at: z.iso.datetime(),
  actor: z.string(),
  undoneAt: z.iso.datetime().nullable(),
  undoneBy: z.string().nullable(),
});

/** Everything on a customer's page except what happened. Personal values are masked. */
export const shownProfile = z.object({
  /** The number the customer counts under today; asked for by an absorbed number, the survivor's. */
  customerNo: z.number().int(),
  /** Given with an edit, so that two people do not overwrite each other. */
  version: z.number().int(),
  name: z.string().nullable(),
  gender: z.enum(genders).nullable(),
  birthDate: z.string().nullable(),
  country: z.string().nullable(),
  province: z.string().nullable(),
  city: z.string().nullable(),
  language: z.string().nullable(),
  attributes: z.record(z.string(), attributeValue),
  /** Personal attributes, masked. */
  personal: z.record(z.string(), z.string()),
  firstSeenAt: z.iso.datetime(),
  channel: z.string().nullable(),
  /** The import the customer came with; null when by themselves. */
  importId: z.number().int().nullable(),
  /** The kind of the first identifier: how the customer became known. */
  firstKnownBy: z.string().nullable(),
  identifiers: z.array(shownIdentifier),
  tags: z.array(shownTag),
  consents: z.array(consentState),
  figures: z.array(shownFigure),
  possibleDuplicates: z.array(duplicate),
  /** All merges the customer is or was part of, newest first. */
  merges: z.array(merge),
  /** Every number that counts as this customer, its own first. */
  lineage: z.array(z.number().int()),
  computedAt: z.iso.datetime(),
});
export type ShownProfile = z.output<typeof shownProfile>;

export const readCustomer = endpoint({
  method: 'GET',
  path: '/api/customers/:customerNo',
  summary: 'Who a customer is: identifiers, attributes, tags, consent, figures, merges; personal values masked',
  access: 'customers.read',
  params: customerParams,
  reply: shownProfile,
});

const text = z.string().trim().max(100).nullable();

export const editCustomer = endpoint({
  method: 'PATCH',
  path: '/api/customers/:customerNo',
  summary: 'Changes parts of a profile; what is left out stays, null empties it',
  access: 'customers.edit',
  params: customerParams,
  body: z.object({
    version: z.number().int().min(0),
    name: text.optional(),
    gender: z.enum(genders).nullable().optional(),
    birthDate: z.iso.date().refine((day) => day >= '1900-01-01' && day <= new Date().toISOString().slice(0, 10), { params: { said: 'not_a_birthday' } }).nullable().optional(),
    country: text.optional(),
    province: text.optional(),
    city: text.optional(),
    language: z.string().trim().max(35).nullable().optional(),
    attributes: z.record(z.string().trim().min(1).max(64), attributeValue.nullable()).optional(),
  }),
  reply: z.object({ version: z.number().int() }),
});

export const revealCustomer = endpoint({
  method: 'POST',
  path: '/api/customers/:customerNo/revelation',
  summary: "Reads a customer's personal values in full; written to the audit log",
  access: 'customers.reveal',
  params: customerParams,
  reply: z.object({
    name: z.string().nullable(),
    personal: z.record(z.string(), z.string()),
    identifiers: z.array(z.object({ id: z.string(), value: z.string() })),
  }),
});
