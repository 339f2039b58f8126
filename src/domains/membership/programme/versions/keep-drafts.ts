import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, notFound } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { DesignDoors } from '../doors.ts';
import { type Connection, deleteVersion, type Editor, findVersion, insertDraft, lockProgramme, updateDraft, type VersionRow } from './store.ts';

const mostVersions = 1_000;

export const editorOf = ({ kind, id, name }: Actor): Editor => ({ name, staffId: kind === 'staff' ? id : null });
export const subjectOf = (versionNo: number): string => `programme_version:${versionNo}`;

export async function demandVersion(connection: Connection, versionNo: number): Promise<VersionRow> {
  const found = await findVersion(connection, versionNo);
  if (!found) throw notFound('membership.programme_version_not_found', { versionNo });
  return found;
}

/** Refuses what is promised already, and what somebody else changed since. */
export function demandDraft(row: VersionRow, revision = row.revision): VersionRow {
  if (row.state !== 'draft' && row.state !== 'waiting') throw conflict('membership.programme_is_published', { versionNo: row.versionNo });
  if (row.revision !== revision) throw conflict('membership.programme_changed');
  return row;
}

export async function addDraft({ platform: { pg, clock } }: DesignDoors, definition: ProgrammeDefinition, note: string, actor: Actor): Promise<VersionRow> {
  return inTransaction(pg, async (client) => {
    await lockProgramme(client);
    const { rows: [{ count }] } = await client.query<{ count: number }>('select count(*)::int as count from programme_version');
    if (count >= mostVersions) throw conflict('membership.too_many_versions', { most: mostVersions });
    const row = await insertDraft(client, definition, note, editorOf(actor), clock.now());
    await recordAudit(client, { actor, action: 'membership.draft_programme', subject: subjectOf(row.versionNo) });
    return row;
  });
}

/** Changes a draft, or one that waits for approval, which then waits no more. */
export async function editDraft({ platform: { pg, clock } }: DesignDoors, versionNo: number, wanted: { revision: number; definition: ProgrammeDefinition; note: string }, actor: Actor): Promise<VersionRow> {
  return inTransaction(pg, async (client) => {
    await lockProgramme(client);
    const before = demandDraft(await demandVersion(client, versionNo), wanted.revision);
    const row = await updateDraft(client, versionNo, wanted.definition, wanted.note, editorOf(actor), clock.now());
    await recordAudit(client, { actor, action: 'membership.edit_programme', subject: subjectOf(versionNo), details: { revision: row.revision, wasWaiting: before.state === 'waiting' } });
    return row;
  });
}

export async function removeDraft({ platform: { pg } }: DesignDoors, versionNo: number, actor: Actor): Promise<void> {
  await inTransaction(pg, async (client) => {
    await lockProgramme(client);
    demandDraft(await demandVersion(client, versionNo));
    await deleteVersion(client, versionNo);
    await recordAudit(client, { actor, action: 'membership.delete_programme_draft', subject: subjectOf(versionNo) });
  });
}
