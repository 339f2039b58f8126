import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';
import { templateContent } from './content.ts';
import { channelKinds, messagePurposes } from './vocabulary.ts';

const count = z.number().int();
const no = z.coerce.number().int().min(1).max(2_147_483_647);
const path = '/api/message-templates' as const;
const templateParams = z.object({ templateNo: no });
export const versionParams = templateParams.extend({ versionNo: no });
const name = z.string().trim().min(1).max(100);
const category = z.string().trim().max(50);
const note = z.string().trim().max(500);
const reason = z.string().trim().min(1).max(500);

/** Where a version is on its way to people: written, asked about, approved by a second person, taken back. */
export const templateStates = ['draft', 'waiting', 'approved', 'withdrawn'] as const;
export type TemplateState = (typeof templateStates)[number];

export const shownVersion = z.object({
  versionNo: count,
  state: z.enum(templateStates),
  note: z.string(),
  /** An edit names the revision it was made on. */
  revision: count,
  locales: z.array(z.enum(locales)),
  editedBy: z.string(),
  editedAt: z.iso.datetime(),
  submittedBy: z.string().nullable(),
  submittedAt: z.iso.datetime().nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: z.iso.datetime().nullable(),
  withdrawnBy: z.string().nullable(),
  withdrawnAt: z.iso.datetime().nullable(),
  /** Why it was refused or withdrawn. */
  reason: z.string(),
});
export type ShownTemplateVersion = z.output<typeof shownVersion>;

const shownTemplate = z.object({
  templateNo: count,
  name: z.string(),
  channel: z.enum(channelKinds),
  purpose: z.enum(messagePurposes),
  category: z.string(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  archivedAt: z.iso.datetime().nullable(),
});
export type ShownTemplate = z.output<typeof shownTemplate>;

const row = shownTemplate.extend({
  locales: z.array(z.enum(locales)),
  /** The newest approved version: what programs use. */
  approvedVersion: count.nullable(),
  /** The version that is worked on, or waits. */
  openVersion: count.nullable(),
  openState: z.enum(['draft', 'waiting']).nullable(),
  changedAt: z.iso.datetime(),
});
export type TemplateRow = z.output<typeof row>;

export const listTemplates = endpoint({
  method: 'GET', path, summary: 'Templates of messages; sort by name or changedAt', access: 'messaging.read',
  query: pageQuery.extend({
    sort: sortOf('name', 'changedAt'), channel: z.enum(channelKinds).optional(), purpose: z.enum(messagePurposes).optional(),
    /** `usable` have an approved version. */
    show: z.enum(['active', 'usable', 'waiting', 'archived']).default('active'),
  }),
  reply: pageOf(row),
});

export const createTemplate = endpoint({
  method: 'POST', path, summary: 'Keeps a new template with its first draft', access: 'messaging.templates', status: 201,
  body: z.object({ name, channel: z.enum(channelKinds), purpose: z.enum(messagePurposes), category: category.default(''), content: templateContent, note: note.default('') }),
  reply: shownTemplate.extend({ versions: z.array(shownVersion) }),
});

export const readTemplate = endpoint({
  method: 'GET', path: `${path}/:templateNo`, summary: 'A template and its versions, the newest first', access: 'messaging.read', params: templateParams,
  reply: shownTemplate.extend({ versions: z.array(shownVersion), computedAt: z.iso.datetime() }),
});

export const changeTemplate = endpoint({
  method: 'PUT', path: `${path}/:templateNo`, summary: 'Renames a template, or counts it under another category', access: 'messaging.templates', params: templateParams,
  body: z.object({ name, category }), reply: shownTemplate,
});

export const archiveTemplate = endpoint({
  method: 'POST', path: `${path}/:templateNo/archive`, summary: 'Puts a template away, or takes it out again; what uses it already goes on', access: 'messaging.templates', params: templateParams,
  body: z.object({ isArchived: z.boolean() }), reply: shownTemplate,
});

const draft = z.object({ content: templateContent, note: note.default('') });
export const createTemplateDraft = endpoint({
  method: 'POST', path: `${path}/:templateNo/versions`, summary: 'Begins the next version of a template', access: 'messaging.templates', params: templateParams, body: draft, reply: shownVersion, status: 201,
});
export const changeTemplateDraft = endpoint({
  method: 'PUT', path: `${path}/:templateNo/versions/:versionNo`, summary: 'Changes a draft; one that waits is a draft again', access: 'messaging.templates', params: versionParams,
  body: draft.extend({ revision: count.min(1) }), reply: shownVersion,
});
export const deleteTemplateDraft = endpoint({
  method: 'DELETE', path: `${path}/:templateNo/versions/:versionNo`, summary: 'Throws a draft away', access: 'messaging.templates', params: versionParams, reply: z.void(), status: 204,
});
export const submitTemplate = endpoint({
  method: 'POST', path: `${path}/:templateNo/versions/:versionNo/submission`, summary: 'Asks a second person to approve a draft; what is wrong with it is refused', access: 'messaging.templates', params: versionParams,
  body: z.object({ revision: count.min(1) }), reply: shownVersion,
});
export const decideTemplate = endpoint({
  method: 'POST', path: `${path}/:templateNo/versions/:versionNo/approval`, summary: 'Approves or refuses a version that somebody else wrote and asked for', access: 'messaging.approve', params: versionParams,
  body: z.object({ isApproved: z.boolean(), reason: note.default('') }), reply: shownVersion,
});
export const withdrawTemplate = endpoint({
  method: 'POST', path: `${path}/:templateNo/versions/:versionNo/withdrawal`, summary: 'Takes back a version: nothing is sent by it from now on', access: 'messaging.templates', params: versionParams,
  body: z.object({ reason }), reply: shownVersion,
});
