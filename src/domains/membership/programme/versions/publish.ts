import type pg from 'pg';
import type { Actor } from '../../../../kernel/actor.ts';
import { type Day, dayIn, startOfDay } from '../../../../kernel/day.ts';
import { conflict, forbidden, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { type Brand, readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import { checkDefinition } from '../check/check-definition.ts';
import { checkRemovedTiers } from '../check/check-tiers.ts';
import type { Finding } from '../check/finding.ts';
import type { DesignDoors } from '../doors.ts';
import { createWords } from '../words/phrase.ts';
import { demandDraft, demandVersion, editorOf, subjectOf } from './keep-drafts.ts';
import { hasMembers, lockProgramme, readPromised, setApproved, setPublication, setRefused, setWithdrawn, type VersionRow } from './store.ts';
import { leadMs, neighbours, refusalOfStart } from './timeline.ts';

/** Publishes a draft, or has it wait for a second person where something about it asks for one. */
export async function publish(doors: DesignDoors, versionNo: number, { startsOn, revision }: { startsOn: Day; revision: number }, actor: Actor): Promise<VersionRow> {
  const now = doors.platform.clock.now();
  return changing(doors, versionNo, actor, async (client, found, brand) => {
    const row = demandDraft(found, revision);
    const startsAt = startOfDay(startsOn, brand.timeZone);
    const reasons = (await demandPublishable(doors, client, { row, startsAt, brand, actor, now })).filter(({ level }) => level === 'approval');
    // Whom a second person would have to differ from has to be a person.
    if (reasons.length > 0 && actor.kind !== 'staff') throw forbidden('membership.people_only');
    const kept = await setPublication(client, versionNo, startsAt, editorOf(actor), reasons.length > 0 ? null : now);
    if (reasons.length === 0) return { kept, action: 'membership.publish_programme', details: { startsOn, revision } };
    return { kept, action: 'membership.ask_programme_approval', details: { startsOn, revision, because: reasons.map(({ path }) => path) } };
  });
}

/** Whether somebody neither wrote a version nor asked for it. */
export const isSecondPerson = ({ publishedById, editedById }: VersionRow, { kind, id }: Actor): boolean => kind === 'staff' && id !== publishedById && id !== editedById;

/** A second person's word on a version that waits: neither who asked for it nor who wrote it. */
export async function decide(doors: DesignDoors, versionNo: number, { isApproved, reason }: { isApproved: boolean; reason: string }, actor: Actor): Promise<VersionRow> {
  const now = doors.platform.clock.now();
  return changing(doors, versionNo, actor, async (client, row, brand) => {
    const { state, startsAt, revision, publishedBy } = row;
    if (state !== 'waiting' || !startsAt) throw conflict('membership.programme_not_waiting', { versionNo });
    if (actor.kind !== 'staff') throw forbidden('membership.people_only');
    if (!isSecondPerson(row, actor)) throw forbidden('membership.second_person');
    const details = { revision, askedBy: publishedBy, reason };
    if (!isApproved) return { kept: await setRefused(client, versionNo, reason), action: 'membership.refuse_programme', details };
    await demandPublishable(doors, client, { row, startsAt, brand, actor, now });
    return { kept: await setApproved(client, versionNo, editorOf(actor), now), action: 'membership.approve_programme', details };
  });
}

/** Takes back what has not begun; what only waited is a draft again. */
export async function withdraw(doors: DesignDoors, versionNo: number, reason: string, actor: Actor): Promise<VersionRow> {
  const now = doors.platform.clock.now();
  return changing(doors, versionNo, actor, async (client, { state, startsAt }, brand) => {
    if ((state !== 'published' && state !== 'waiting') || !startsAt) throw conflict('membership.programme_not_promised', { versionNo });
    const details = { was: state, reason };
    if (state === 'waiting') return { kept: await setRefused(client, versionNo, reason), action: 'membership.withdraw_programme', details };
    if (startsAt.getTime() < now.getTime() + leadMs) throw conflict('membership.programme_has_begun', { versionNo });
    const { before, after } = neighbours(versionNo, startsAt, await readPromised(client));
    refuseToStrand(doors, after, before, actor, brand);
    return { kept: await setWithdrawn(client, versionNo, editorOf(actor), reason, now), action: 'membership.withdraw_programme', details };
  });
}

type Done = { kept: VersionRow; action: string; details: Record<string, unknown> };

/** One change of a version, alone, with a line in the audit log. */
async function changing({ platform: { pg } }: DesignDoors, versionNo: number, actor: Actor, work: (client: pg.PoolClient, row: VersionRow, brand: Brand) => Promise<Done>): Promise<VersionRow> {
  return inTransaction(pg, async (client) => {
    await lockProgramme(client);
    const { kept, action, details } = await work(client, await demandVersion(client, versionNo), await readBrand(client));
    await recordAudit(client, { actor, action, subject: subjectOf(versionNo), details });
    return kept;
  });
}

interface Asked {
  row: VersionRow;
  startsAt: Date;
  brand: Brand;
  actor: Actor;
  now: Date;
}

/** Refuses a start that is closed and a definition that is wrong where it would stand; returns what else there is to know. */
async function demandPublishable(doors: DesignDoors, client: pg.PoolClient, { row, startsAt, brand, actor, now }: Asked): Promise<Finding[]> {
  const all = await readPromised(client);
  const refusal = refusalOfStart(row.versionNo, startsAt, all, await hasMembers(client), now);
  if (refusal) throw refusal;
  const { before, after } = neighbours(row.versionNo, startsAt, all);
  const findings = checkDefinition(row.definition, await doors.surroundings.against(row.definition, before?.definition ?? null), dayIn(brand.timeZone, now));
  const wrong = findings.filter(({ level }) => level === 'wrong');
  if (wrong.length > 0) {
    const words = createWords(doors.say, actor.locale, brand, row.definition.tiers);
    const fields = wrong.map(({ path, phrase }) => ({ path: `body.definition.${path}`, code: 'wrong', message: words.say(phrase) }));
    throw new Problem('membership.programme_wrong', { params: { first: fields[0].message }, fields });
  }
  refuseToStrand(doors, after, row, actor, brand);
  return findings;
}

const nothingKnown = { products: new Set<string>(), categories: new Set<string>(), channels: new Set<string>() };

/** A version that is promised already has to know where people of every tier before it go. */
function refuseToStrand({ say }: DesignDoors, after: VersionRow | null, before: VersionRow | null, { locale }: Actor, brand: Brand): void {
  if (!after || !before) return;
  const [stranded] = checkRemovedTiers(after.definition, { before: before.definition, held: new Map(), known: nothingKnown, redeemed: null });
  if (stranded) throw conflict('membership.programme_strands', { versionNo: after.versionNo, first: createWords(say, locale, brand, after.definition.tiers).say(stranded.phrase) });
}
