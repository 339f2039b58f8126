import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { rule } from './rule.ts';
import { textValue } from './values.ts';

/** Parts are computed from facts of one version of the data, told as the moment of the count. */
const computed = { computedAt: z.iso.datetime(), tookMs: z.number() };

/** How many a part of a rule means, by its place in the rule: empty for the whole, `parts.0.rule`. */
const partCount = z.object({
  path: z.string(),
  /** People of whom this part alone is true. */
  size: z.number().int(),
  /** In a group: how many are left (`all`, `none`) or found (`any`) when this part follows those before it. */
  after: z.number().int(),
});

export const previewRule = endpoint({
  method: 'POST',
  path: '/api/audiences/preview',
  summary: 'Exactly how many people a rule means, in all and part by part, with its sentence',
  access: 'audiences.read',
  body: z.object({ rule }),
  reply: z.object({
    size: z.number().int(),
    /** All customers of the brand. */
    base: z.number().int(),
    parts: z.array(partCount),
    /** The rule as a sentence in the language of the request. */
    sentence: z.string(),
    ...computed,
  }),
});

const person = z.object({
  customerNo: z.number().int(),
  /** Masked. */
  name: z.string().nullable(),
  phone: z.string().nullable(),
  province: z.string().nullable(),
  channel: z.string().nullable(),
  orders: z.number().int(),
  spent: z.string(),
  lastOrderAt: z.iso.datetime().nullable(),
});

export const previewPeople = endpoint({
  method: 'POST',
  path: '/api/audiences/preview/people',
  summary: 'Ten people of a rule, others for another seed',
  access: 'audiences.read',
  body: z.object({ rule, seed: z.number().int().min(0).max(2 ** 31).default(0) }),
  reply: z.object({ people: z.array(person), size: z.number().int(), ...computed }),
});

/** Whether a part of a rule is true of a person, and by what. */
const explained = z.object({
  path: z.string(),
  holds: z.boolean(),
  /** The condition as a sentence. */
  sentence: z.string(),
  /** What was found: a number, a day, words; null where there is nothing. */
  found: z.string().nullable(),
});

export const explainPerson = endpoint({
  method: 'POST',
  path: '/api/audiences/explain',
  summary: 'Which conditions of a rule hold for one person, and why',
  access: 'audiences.read',
  body: z.object({ rule, customerNo: z.number().int().min(1).max(2_147_483_647) }),
  reply: z.object({ customerNo: z.number().int(), holds: z.boolean(), parts: z.array(explained), computedAt: z.iso.datetime() }),
});

export const listFields = endpoint({
  method: 'GET',
  path: '/api/audience-fields',
  summary: 'Every field, event, tag and list a rule can ask for, named in the language of the request',
  access: 'audiences.read',
  reply: z.object({
    fields: z.array(z.object({ name: z.string(), label: z.string(), type: z.enum(['text', 'number', 'moment', 'day']), unit: z.enum(['money', 'number', 'days']).nullable(), hasChoices: z.boolean() })),
    events: z.array(z.object({ name: z.string(), label: z.string(), events: z.number().int() })),
    attributes: z.array(z.string()),
    tags: z.array(z.object({ tagId: z.number().int(), name: z.string() })),
  }),
});

export const listFieldValues = endpoint({
  method: 'GET',
  path: '/api/audience-fields/values',
  summary: 'Values of a field, of an order line or of a property of an event, the most frequent first',
  access: 'audiences.read',
  query: z.object({
    /** `field:province`, `line:category`, `event:Product Viewed:category`. */
    of: z.string().min(1).max(300),
    q: z.string().max(100).default(''),
    /** Values of a rule whose names are asked for, frequent or not. */
    named: z.union([textValue.transform((value) => [value]), z.array(textValue).max(50)]).default([]),
  }),
  reply: z.object({
    values: z.array(z.object({ value: z.string(), label: z.string(), count: z.number().int() })),
    named: z.array(z.object({ value: z.string(), label: z.string() })),
  }),
});

export const listEventProperties = endpoint({
  method: 'GET',
  path: '/api/audience-fields/properties',
  summary: 'Properties that events of a name carry',
  access: 'audiences.read',
  query: z.object({ event: z.string().min(1).max(200) }),
  reply: z.object({ properties: z.array(z.object({ property: z.string(), isNumber: z.boolean() })) }),
});
