import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';

const count = z.number().int();
const id = z.coerce.number().int().min(1).max(2_147_483_647);
export const partnerParams = z.object({ partnerId: id });

/** From an idea to its end, in this order. */
export const partnerStages = ['idea', 'contacted', 'negotiation', 'contract', 'running', 'ended'] as const;
export type PartnerStage = (typeof partnerStages)[number];
/** When in the life of a customer a scene is. */
export const sceneMoments = ['before_purchase', 'with_purchase', 'after_purchase', 'membership', 'event'] as const;

const name = z.string().trim().min(1).max(80);
const text = z.string().trim().max(2_000);
const owner = z.object({ staffId: count, name: z.string() }).nullable();
const staffId = count.min(1).max(2_147_483_647).nullable();
const website = z.union([z.literal(''), z.httpUrl().max(300)]);

const nextStep = z.object({ text: z.string().trim().max(300), on: daySchema.nullable(), ownerId: staffId });

const card = z.object({
  partnerId: count,
  name: z.string(),
  /** What they sell. */
  trade: z.string(),
  stage: z.enum(partnerStages),
  stageSince: z.iso.datetime(),
  owner,
  nextStep: z.object({ text: z.string(), on: z.string().nullable(), owner }),
  /** The day of the next step is over. */
  isLate: z.boolean(),
  /** Packs of which little is left. */
  lowPacks: count,
  /** Given with a change, so that two people do not lose each other's. */
  version: count,
});
export type PartnerCard = z.output<typeof card>;

export const readPartnerBoard = endpoint({
  method: 'GET', path: '/api/partners', summary: 'Every partner by its stage; of those that ended the latest fifty', access: 'membership.partners',
  query: z.object({ q: z.string().trim().max(80).optional(), ownerId: id.optional() }),
  reply: z.object({
    board: z.array(card),
    /** How many there are in each stage. */
    totals: z.record(z.enum(partnerStages), count),
    owners: z.array(z.object({ staffId: count, name: z.string() })),
    computedAt: z.iso.datetime(),
  }),
});

const contact = z.object({
  contactId: count,
  role: z.string(),
  /** Masked, as far as they are known. */
  name: z.string(), phone: z.string(), email: z.string(), wechat: z.string(),
  version: count,
});
export type PartnerContact = z.output<typeof contact>;

const scene = z.object({
  title: name,
  moment: z.enum(sceneMoments),
  /** Our categories in it. */
  categories: z.array(z.string().trim().min(1).max(200)).max(20),
  theirProduct: z.string().trim().max(200),
  description: text,
});
const shownScene = scene.extend({ sceneId: count, version: count });
export type PartnerScene = z.output<typeof shownScene>;

const shownPartner = card.extend({ website: z.string(), summary: z.string(), createdAt: z.iso.datetime(), updatedAt: z.iso.datetime(), contacts: z.array(contact), scenes: z.array(shownScene) });
export type ShownPartner = z.output<typeof shownPartner>;

export const readPartner = endpoint({
  method: 'GET', path: '/api/partners/:partnerId', summary: 'A partner: who they are, what is next, contacts (masked) and scenes', access: 'membership.partners', params: partnerParams, reply: shownPartner,
});

const told = { trade: z.string().trim().max(80), website, summary: text, ownerId: staffId };

export const createPartner = endpoint({
  method: 'POST', path: '/api/partners', summary: 'Puts a partner on the board, as an idea', access: 'membership.partners',
  body: z.object({ name, trade: told.trade.default(''), website: website.default(''), summary: text.default(''), ownerId: staffId.default(null) }),
  reply: z.object({ partnerId: count }), status: 201,
});

const version = count.min(1);
const changed = z.object({ version: count });

export const changePartner = endpoint({
  method: 'PATCH', path: '/api/partners/:partnerId', summary: 'Changes what is said of a partner, on the version it was read in', access: 'membership.partners', params: partnerParams,
  body: z.object({ version, name: name.optional(), trade: told.trade.optional(), website: website.optional(), summary: text.optional(), ownerId: staffId.optional(), nextStep: nextStep.optional() }),
  reply: changed,
});

export const movePartner = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/stage', summary: 'Moves a partner to another stage, on the version it was read in', access: 'membership.partners', params: partnerParams,
  body: z.object({ version, stage: z.enum(partnerStages) }), reply: changed,
});

export const deletePartner = endpoint({
  method: 'DELETE', path: '/api/partners/:partnerId', summary: 'Deletes a partner that never had a contract', access: 'membership.partners', params: partnerParams, reply: z.object({}), status: 204,
});

export const notePartner = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/notes', summary: 'Adds a note to a partner’s history', access: 'membership.partners', params: partnerParams,
  body: z.object({ text: z.string().trim().min(1).max(2_000) }), reply: z.object({}), status: 204,
});

const shownEvent = z.object({
  eventNo: count,
  kind: z.string(),
  at: z.iso.datetime(),
  by: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type PartnerEvent = z.output<typeof shownEvent>;

export const listPartnerHistory = endpoint({
  method: 'GET', path: '/api/partners/:partnerId/history', summary: 'Notes and changes, the newest first', access: 'membership.partners', params: partnerParams,
  query: z.object({ before: z.coerce.number().int().min(1).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
  reply: z.object({ events: z.array(shownEvent), next: count.nullable() }),
});

const contactBody = z.object({
  role: z.string().trim().max(80),
  name: z.string().trim().min(1).max(80),
  phone: z.string().trim().max(40),
  email: z.union([z.literal(''), z.email().max(254)]),
  wechat: z.string().trim().max(60),
});
export type PartnerContactText = z.output<typeof contactBody>;
const contactParams = partnerParams.extend({ contactId: id });

export const addPartnerContact = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/contacts', summary: 'Adds somebody at the partner’s; kept encrypted', access: 'membership.partners', params: partnerParams,
  body: contactBody, reply: z.object({ contactId: count }), status: 201,
});
export const changePartnerContact = endpoint({
  method: 'PUT', path: '/api/partners/:partnerId/contacts/:contactId', summary: 'Replaces what is known of a contact', access: 'membership.partner_contacts', params: contactParams,
  body: contactBody.extend({ version }), reply: z.object({}), status: 204,
});
export const removePartnerContact = endpoint({
  method: 'DELETE', path: '/api/partners/:partnerId/contacts/:contactId', summary: 'Forgets a contact', access: 'membership.partners', params: contactParams, reply: z.object({}), status: 204,
});
export const revealPartnerContact = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/contacts/:contactId/revelation', summary: 'Reads a contact in full; written to the audit log', access: 'membership.partner_contacts', params: contactParams,
  reply: contactBody.extend({ email: z.string() }),
});

const sceneParams = partnerParams.extend({ sceneId: id });
export const addPartnerScene = endpoint({
  method: 'POST', path: '/api/partners/:partnerId/scenes', summary: 'Adds a scene in which the partner’s product and ours meet', access: 'membership.partners', params: partnerParams,
  body: scene, reply: z.object({ sceneId: count }), status: 201,
});
export const changePartnerScene = endpoint({
  method: 'PUT', path: '/api/partners/:partnerId/scenes/:sceneId', summary: 'Replaces a scene, on the version it was read in', access: 'membership.partners', params: sceneParams,
  body: scene.extend({ version }), reply: z.object({}), status: 204,
});
export const removePartnerScene = endpoint({
  method: 'DELETE', path: '/api/partners/:partnerId/scenes/:sceneId', summary: 'Deletes a scene', access: 'membership.partners', params: sceneParams, reply: z.object({}), status: 204,
});
