import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, forbidden, notFound, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import type { ChannelKind, TemplateContent } from '../../contract.ts';
import {
  deleteVersion, editorOf, findTemplate, findVersion, insertDraft, insertTemplate, setApproved, setArchived, setRefused, setSubmitted, setWithdrawn,
  type TemplateRow, updateDraft, updateTemplate, type VersionRow, versionsOf,
} from './store.ts';

/** What changes of templates are made with. */
export interface KeepDoors {
  pg: pg.Pool;
  now(): Date;
  /** Refuses what is wrong with a version before a second person is asked. */
  demandRight(template: TemplateRow, content: TemplateContent, actor: Actor): Promise<void>;
}

const mostVersions = 500;
const subjectOf = (templateNo: number, versionNo?: number): string => `message_template:${templateNo}${versionNo === undefined ? '' : `.${versionNo}`}`;

/** A mail is made of blocks, anything else of words. */
function demandKind(channel: ChannelKind, content: TemplateContent): void {
  if ((content.kind === 'mail') !== (channel === 'email')) throw new Problem('messaging.template_of_other_channel', { fields: [{ path: 'body.content.kind', code: 'other_channel' }] });
}

/** One change of a template, alone, with a line in the audit log. */
async function changing<T>({ pg: pool }: KeepDoors, templateNo: number, actor: Actor, work: (client: pg.PoolClient, template: TemplateRow) => Promise<{ kept: T; action: string; versionNo?: number; details?: Record<string, unknown> }>): Promise<T> {
  return inTransaction(pool, async (client) => {
    const template = await findTemplate(client, templateNo, true);
    if (!template) throw notFound('messaging.template_not_found', { templateNo });
    const { kept, action, versionNo, details } = await work(client, template);
    await recordAudit(client, { actor, action: `messaging.${action}`, subject: subjectOf(templateNo, versionNo), details });
    return kept;
  });
}

async function demandVersion(client: pg.PoolClient, templateNo: number, versionNo: number): Promise<VersionRow> {
  const found = await findVersion(client, templateNo, versionNo);
  if (!found) throw notFound('messaging.template_version_not_found', { templateNo, versionNo });
  return found;
}

/** Refuses what was approved already, and what somebody else changed since. */
function demandOpen(row: VersionRow, revision = row.revision): VersionRow {
  if (row.state !== 'draft' && row.state !== 'waiting') throw conflict('messaging.template_version_is_closed', { versionNo: row.versionNo });
  if (row.revision !== revision) throw conflict('messaging.template_changed');
  return row;
}

/** A name stands for one template among those in use. */
async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  return work().catch((error: { constraint?: string }) => {
    if (error.constraint === 'message_template_name') throw conflict('messaging.template_name_taken', { name });
    throw error;
  });
}

export async function addTemplate(doors: KeepDoors, wanted: Pick<TemplateRow, 'name' | 'channel' | 'purpose' | 'category'> & { content: TemplateContent; note: string }, actor: Actor): Promise<{ template: TemplateRow; version: VersionRow }> {
  demandKind(wanted.channel, wanted.content);
  return inTransaction(doors.pg, async (client) => {
    const template = await named(wanted.name, () => insertTemplate(client, wanted, editorOf(actor), doors.now()));
    const version = await insertDraft(client, template.templateNo, wanted.content, wanted.note, editorOf(actor), doors.now());
    await recordAudit(client, { actor, action: 'messaging.create_template', subject: subjectOf(template.templateNo), details: { channel: wanted.channel, purpose: wanted.purpose } });
    return { template, version };
  });
}

export const renameTemplate = (doors: KeepDoors, templateNo: number, wanted: { name: string; category: string }, actor: Actor): Promise<TemplateRow> =>
  changing(doors, templateNo, actor, async (client, template) => {
    await named(wanted.name, () => updateTemplate(client, templateNo, wanted));
    return { kept: { ...template, ...wanted }, action: 'change_template', details: wanted };
  });

export const putAway = (doors: KeepDoors, templateNo: number, isArchived: boolean, actor: Actor): Promise<TemplateRow> =>
  changing(doors, templateNo, actor, async (client, template) => {
    const archivedAt = isArchived ? (template.archivedAt ?? doors.now()) : null;
    await named(template.name, () => setArchived(client, templateNo, archivedAt));
    return { kept: { ...template, archivedAt }, action: isArchived ? 'archive_template' : 'restore_template' };
  });

/** Begins the next version; one at a time is worked on. */
export const addDraft = (doors: KeepDoors, templateNo: number, { content, note }: { content: TemplateContent; note: string }, actor: Actor): Promise<VersionRow> =>
  changing(doors, templateNo, actor, async (client, { channel }) => {
    demandKind(channel, content);
    const versions = await versionsOf(client, templateNo);
    const open = versions.find(({ state }) => state === 'draft' || state === 'waiting');
    if (open) throw conflict('messaging.template_has_draft', { versionNo: open.versionNo });
    if (versions.length >= mostVersions) throw conflict('messaging.too_many_template_versions', { most: mostVersions });
    const kept = await insertDraft(client, templateNo, content, note, editorOf(actor), doors.now());
    return { kept, action: 'draft_template', versionNo: kept.versionNo };
  });

export const editDraft = (doors: KeepDoors, templateNo: number, versionNo: number, wanted: { content: TemplateContent; note: string; revision: number }, actor: Actor): Promise<VersionRow> =>
  changing(doors, templateNo, actor, async (client, { channel }) => {
    demandKind(channel, wanted.content);
    const before = demandOpen(await demandVersion(client, templateNo, versionNo), wanted.revision);
    const kept = await updateDraft(client, before, wanted.content, wanted.note, editorOf(actor), doors.now());
    return { kept, action: 'edit_template', versionNo, details: { revision: kept.revision, wasWaiting: before.state === 'waiting' } };
  });

export const removeDraft = (doors: KeepDoors, templateNo: number, versionNo: number, actor: Actor): Promise<void> =>
  changing(doors, templateNo, actor, async (client) => {
    await deleteVersion(client, demandOpen(await demandVersion(client, templateNo, versionNo)));
    return { kept: undefined, action: 'delete_template_draft', versionNo };
  });

/** Asks for a second person's word on a draft that nothing is wrong with. */
export const submit = (doors: KeepDoors, templateNo: number, versionNo: number, revision: number, actor: Actor): Promise<VersionRow> =>
  changing(doors, templateNo, actor, async (client, template) => {
    // Whom a second person would have to differ from has to be a person.
    if (actor.kind !== 'staff') throw forbidden('messaging.people_only');
    const row = demandOpen(await demandVersion(client, templateNo, versionNo), revision);
    await doors.demandRight(template, row.content, actor);
    return { kept: await setSubmitted(client, row, editorOf(actor), doors.now()), action: 'submit_template', versionNo, details: { revision } };
  });

/** Whether somebody neither wrote a version nor asked for it. */
export const isSecondPerson = ({ submittedById, editedById }: VersionRow, { kind, id }: Actor): boolean => kind === 'staff' && id !== submittedById && id !== editedById;

export const decide = (doors: KeepDoors, templateNo: number, versionNo: number, { isApproved, reason }: { isApproved: boolean; reason: string }, actor: Actor): Promise<VersionRow> =>
  changing(doors, templateNo, actor, async (client, template) => {
    const row = await demandVersion(client, templateNo, versionNo);
    if (row.state !== 'waiting') throw conflict('messaging.template_not_waiting', { versionNo });
    if (actor.kind !== 'staff') throw forbidden('messaging.people_only');
    if (!isSecondPerson(row, actor)) throw forbidden('messaging.second_person');
    const details = { revision: row.revision, askedBy: row.submittedBy, reason };
    if (!isApproved) return { kept: await setRefused(client, row, reason), action: 'refuse_template', versionNo, details };
    await doors.demandRight(template, row.content, actor);
    return { kept: await setApproved(client, row, editorOf(actor), doors.now()), action: 'approve_template', versionNo, details };
  });

/** Takes a version back: one that only waited is a draft again, one that was approved is sent by nobody any more. */
export const withdraw = (doors: KeepDoors, templateNo: number, versionNo: number, reason: string, actor: Actor): Promise<VersionRow> =>
  changing(doors, templateNo, actor, async (client) => {
    const row = await demandVersion(client, templateNo, versionNo);
    const details = { was: row.state, reason };
    if (row.state === 'waiting') return { kept: await setRefused(client, row, reason), action: 'withdraw_template', versionNo, details };
    if (row.state !== 'approved') throw conflict('messaging.template_not_approved_yet', { versionNo });
    return { kept: await setWithdrawn(client, row, editorOf(actor), reason, doors.now()), action: 'withdraw_template', versionNo, details };
  });
