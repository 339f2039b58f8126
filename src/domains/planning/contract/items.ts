import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { businessKinds } from './kinds/business.ts';
import { goalKinds } from './kinds/goals.ts';
import { monitorKinds } from './kinds/monitors.ts';
import { positionKinds } from './kinds/positions.ts';
import { programPlaceKinds } from './kinds/programs.ts';
import { projectKinds } from './kinds/projects.ts';
import { reasonKinds } from './kinds/reasons.ts';
import { reviewKinds } from './kinds/reviews.ts';
import { scorecardKinds } from './kinds/scorecards.ts';
import { stageKinds } from './kinds/stages.ts';
import { planParams } from './plans.ts';

/** A kind of what plans are made of: its shape, what it may hang under (`plan` is the plan itself), and what is needed to see and change it beyond reading and editing plans. */
export interface ItemKind {
  parents: readonly string[];
  body: z.ZodObject;
  permission?: `planning.${string}`;
}

/** What a plan is made of: the kinds of each part of this domain are in a file of its own. */
export const itemKinds = {
  ...reasonKinds,
  ...goalKinds,
  ...businessKinds,
  ...scorecardKinds,
  ...monitorKinds,
  ...reviewKinds,
  ...projectKinds,
  ...programPlaceKinds,
  ...positionKinds,
  ...stageKinds,
} as const satisfies Record<string, ItemKind>;
export type ItemKindName = keyof typeof itemKinds;
export type ItemBody<K extends ItemKindName> = z.output<(typeof itemKinds)[K]['body']>;
const kindNames = Object.keys(itemKinds) as [ItemKindName, ...ItemKindName[]];

const itemNo = z.number().int().min(1).max(2_147_483_647);
const itemParams = planParams.extend({ itemNo: z.coerce.number().int().min(1).max(2_147_483_647) });
const body = z.record(z.string(), z.unknown());
/** Where something stands: under what, and behind which of those under it; null is the plan itself, and the first place. */
const place = { parentNo: itemNo.nullable(), afterNo: itemNo.nullable() };

export const itemSchema = z.object({
  itemNo,
  kind: z.enum(kindNames),
  parentNo: itemNo.nullable(),
  body,
  /** Raised by each change: an edit names the version it was made on. */
  version: z.number().int(),
  changedAt: z.iso.datetime(),
  changedBy: z.string(),
});
export type Item = z.output<typeof itemSchema>;

const change = z.object({
  changeNo: z.number().int(),
  kind: z.enum(['add', 'edit', 'move', 'remove', 'undo']),
  itemNo,
  itemKind: z.enum(kindNames),
  /** What the item is called now, or what it hangs under where it has no words of its own. */
  name: z.string().nullable(),
  /** Names of the fields that are others now. */
  fields: z.array(z.string()),
  at: z.iso.datetime(),
  by: z.string(),
  undoes: z.number().int().nullable(),
  /** What it is of, where it has no name of its own: a program, or `stage:foundation`, or `lane:retention`. */
  of: z.string().nullable(),
});
export type PlanChange = z.output<typeof change>;

export const listItems = endpoint({
  method: 'GET', path: '/api/plans/:planNo/items', summary: 'What a plan is made of, in its order', access: 'planning.read', params: planParams,
  query: z.object({ kinds: z.string().max(500).transform((text) => text.split(',')).pipe(z.array(z.enum(kindNames))).optional() }),
  /** `changeNo` is the newest change that is in it. */
  reply: z.object({ items: z.array(itemSchema), changeNo: z.number().int() }),
});
export const addItem = endpoint({
  method: 'POST', path: '/api/plans/:planNo/items', summary: 'Adds something to a plan', access: 'planning.edit', params: planParams,
  body: z.object({ kind: z.enum(kindNames), ...place, body }), reply: itemSchema, status: 201,
});
export const editItem = endpoint({
  method: 'PATCH', path: '/api/plans/:planNo/items/:itemNo', summary: 'Changes fields of something; fields that somebody else changed meanwhile are kept, and the same ones are a 409 that says who', access: 'planning.edit', params: itemParams,
  body: z.object({ version: z.number().int(), changes: body }), reply: itemSchema,
});
export const moveItem = endpoint({
  method: 'POST', path: '/api/plans/:planNo/items/:itemNo/move', summary: 'Puts something elsewhere', access: 'planning.edit', params: itemParams,
  body: z.object(place), reply: itemSchema,
});
export const removeItem = endpoint({
  method: 'DELETE', path: '/api/plans/:planNo/items/:itemNo', summary: 'Takes something and all under it out of the plan; can be undone', access: 'planning.edit', params: itemParams, reply: z.object({ changeNo: z.number().int() }),
});
export const listChanges = endpoint({
  method: 'GET', path: '/api/plans/:planNo/changes', summary: 'What was changed after a change, oldest first; without one the newest, newest first', access: 'planning.read', params: planParams,
  query: z.object({ after: z.coerce.number().int().min(0).optional() }), reply: z.object({ changes: z.array(change) }),
});
export const undoChange = endpoint({
  method: 'POST', path: '/api/plans/:planNo/changes/:changeNo/undo', summary: 'Takes a change back where nobody changed the same since', access: 'planning.edit',
  params: planParams.extend({ changeNo: z.coerce.number().int().min(1) }), reply: z.object({ changeNo: z.number().int() }),
});
