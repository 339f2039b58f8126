import type pg from 'pg';
import type { z } from 'zod';
import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, Problem } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { readDirectory, recordAudit } from '../../../access/public.ts';
import { nextDue, outsiders } from '../../../insights/public.ts';
import type { changeMailing, GoesTo, Mailing, MailingWanted } from '../../contract/mailings.ts';
import { requirePresent } from '../../items/stored.ts';
import type { PlanningDoors } from '../../part.ts';
import { requirePlan } from '../../plans/keep-plans.ts';
import { readRobots } from '../../robots/store.ts';
import { mailReaders } from '../send/send-report.ts';
import { insertMailing, type MailingRow, requireMailing, updateMailing } from './mailings-store.ts';

type Doors = Pick<PlanningDoors, 'platform'>;
const uniqueViolation = '23505';
const subjectOf = (mailingNo: number): string => `mailing:${mailingNo}`;

/** Refuses accounts and robots that are not there; answers what the audit log may keep for ever of whom it goes to. */
export async function checkGoesTo(client: pg.PoolClient, { readers, robotNos }: GoesTo): Promise<{ readers: number; robots: number; outside: string[] }> {
  const [directory, robots] = [await readDirectory(client), await readRobots(client)];
  const fields = [
    ...readers.flatMap((reader, n) => (reader.kind === 'address' || directory.some(({ staffId }) => staffId === reader.staffId) ? [] : [{ path: `body.readers.${n}`, code: 'not_found' }])),
    ...robotNos.flatMap((robotNo, n) => (robots.some((robot) => robot.robotNo === robotNo) ? [] : [{ path: `body.robotNos.${n}`, code: 'not_found' }])),
  ];
  if (fields.length > 0) throw new Problem('planning.reader_not_found', { status: 422, fields });
  return { readers: readers.length, robots: robotNos.length, outside: outsiders(await mailReaders(client, { readers }, 'en'), directory) };
}

export const shownMailing = ({ kind, projectNo, covers, isSent, nextAt, mailingNo, version, createdBy, keeper, projectName, last, rhythm, locale, readers, robotNos }: MailingRow): Mailing => ({
  what: kind === 'director' ? { kind } : { kind, projectNo, covers: covers ?? 'last', isSent }, rhythm, locale, readers, robotNos, isPaused: nextAt === null, mailingNo, version, createdBy, keeper, projectName, last, nextAt: nextAt?.toISOString() ?? null,
});

/** What is to go by itself has to go to somebody. */
function demandReaders({ readers, robotNos }: GoesTo, goesByItself: boolean): void {
  if (goesByItself && readers.length + robotNos.length === 0) throw new Problem('planning.nobody_to_send_to', { status: 422, fields: [{ path: 'body.readers', code: 'missing' }] });
}

async function once<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) throw conflict('planning.mailing_exists');
    throw error;
  }
}

export async function addMailing({ platform: { pg: pool, clock } }: Doors, planNo: number, wanted: MailingWanted, actor: Actor): Promise<MailingRow> {
  const { what, rhythm, isPaused } = wanted;
  demandReaders(wanted, what.kind === 'director' || what.isSent);
  const mailingNo = await once(() => inTransaction(pool, async (client) => {
    await requirePlan(client, planNo);
    if (what.kind === 'report' && what.projectNo !== null && (await requirePresent(client, planNo, what.projectNo)).kind !== 'project') throw new Problem('planning.not_of_plan', { status: 422, fields: [{ path: 'body.what.projectNo', code: 'not_of_plan' }] });
    const checked = await checkGoesTo(client, wanted);
    const { timeZone } = await readBrand(client);
    const keeper = (await readDirectory(client)).find(({ staffId }) => actor.kind === 'staff' && staffId === actor.id);
    const added = await insertMailing(client, { ...wanted, planNo, keeperId: keeper?.staffId ?? null, by: actor.name, at: clock.now(), nextAt: isPaused ? null : nextDue(rhythm, timeZone, clock.now()) });
    await recordAudit(client, { actor, action: 'planning.add_mailing', subject: subjectOf(added), details: { planNo, what, rhythm, ...checked } });
    return added;
  }));
  return requireMailing(pool, planNo, mailingNo);
}

/** What is paused is not missed: it goes on with the next time. */
export async function changeMailingOf({ platform: { pg: pool, clock } }: Doors, planNo: number, mailingNo: number, { version, ...wanted }: z.output<typeof changeMailing.body & object>, actor: Actor): Promise<MailingRow> {
  const { kind } = await requireMailing(pool, planNo, mailingNo);
  demandReaders(wanted, kind === 'director' || wanted.isSent);
  await once(() => inTransaction(pool, async (client) => {
    const checked = await checkGoesTo(client, wanted);
    const { timeZone } = await readBrand(client);
    const nextAt = wanted.isPaused ? null : nextDue(wanted.rhythm, timeZone, clock.now());
    if (!(await updateMailing(client, mailingNo, version, { ...wanted, nextAt }))) throw conflict('planning.mailing_changed');
    await recordAudit(client, { actor, action: 'planning.change_mailing', subject: subjectOf(mailingNo), details: { rhythm: wanted.rhythm, isSent: wanted.isSent, isPaused: wanted.isPaused, ...checked } });
  }));
  return requireMailing(pool, planNo, mailingNo);
}

export async function removeMailingOf({ platform: { pg: pool } }: Doors, planNo: number, mailingNo: number, actor: Actor): Promise<void> {
  await requireMailing(pool, planNo, mailingNo);
  await inTransaction(pool, async (client) => {
    await client.query('delete from plan_mailing where mailing_no = $1', [mailingNo]);
    await recordAudit(client, { actor, action: 'planning.remove_mailing', subject: subjectOf(mailingNo) });
  });
}
