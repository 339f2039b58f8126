import type pg from 'pg';
import { type Locale, locales } from '../../../kernel/locale.ts';
import { createFormat } from '../../../kernel/format.ts';
import { Problem } from '../../../kernel/problem.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { PlanReportSection } from '../contract/reports.ts';
import { mailOfView } from '../director/mail-view.ts';
import type { DirectorDoors } from '../director/view.ts';
import { noteLetters } from '../post/post.ts';
import { say as tell } from '../robots/store.ts';
import { requirePlan } from '../plans/keep-plans.ts';
import { endOccasion, holdOccasion, noteFailure, type Occasion } from './keep/occasions.ts';
import { readMailings } from './keep/mailings-store.ts';
import { lockReport, requireReport, writeOver } from './keep/reports-store.ts';
import { mailReaders, sendReport } from './send/send-report.ts';
import { tellKeeper } from './send/tell-keeper.ts';
import { gatherReport } from './write/gather.ts';
import { reportTitle, writeReport } from './write/write-report.ts';

/** What is sent so much later than it was due says so. */
const tellLateMs = 15 * 60_000;

/** Makes what waits to be made; returns how much there was. What leaves is noted in the transaction that ends an occasion, so that it leaves once, whoever dies on the way. */
export async function makeDue(doors: DirectorDoors): Promise<number> {
  const { platform: { pg: pool, clock, log } } = doors;
  let made = 0;
  for (let held = await holdOccasion(pool, clock.now()); held !== null; held = await holdOccasion(pool, clock.now())) {
    made++;
    try {
      await (held.reportNo === null ? makeDirector(doors, held) : makeReport(doors, held, held.reportNo));
    } catch (error) {
      log.warn({ err: error, occasion: held.occasionNo }, 'a report of the plan was not made');
      await fail(doors, held, error);
    }
  }
  return made;
}

async function makeReport(doors: DirectorDoors, occasion: Occasion, reportNo: number): Promise<void> {
  const { platform: { pg: pool, clock }, say } = doors;
  const { planNo, replaces, goesTo, isLate, mailingNo, occasionNo } = occasion;
  const report = await requireReport(pool, planNo, reportNo);
  // One that somebody had written before its time stays as it is.
  const isToWrite = report.version === replaces;
  const { projectNo, unit, from, to } = report;
  const written = new Map<Locale, PlanReportSection[]>();
  // In every language, of the same facts: whoever reads it in another than it was asked for in has it in theirs, also later and but for what somebody edits.
  for (const language of isToWrite ? locales : []) written.set(language, writeReport(say, await gatherReport(doors, { planNo, projectNo, unit, days: { from, to }, locale: language })));
  await inTransaction(pool, async (client) => {
    await lockReport(client, reportNo);
    const isWritten = isToWrite && await writeOver(client, reportNo, report.version, written, { at: clock.now(), by: occasion.by });
    const isRefused = !isWritten && mailingNo === null;
    if (!(await endOccasion(client, occasionNo, isRefused ? 'planning.report_changed_meanwhile' : null))) throw new Error(`the occasion ${occasionNo} was ended by another`);
    if (goesTo) await sendReport(doors, client, await requireReport(client, planNo, reportNo), goesTo, await lateNote(doors, occasion));
    else if (mailingNo !== null && !isLate) await tellWaiting(doors, client, occasion, reportNo);
  });
}

async function makeDirector(doors: DirectorDoors, occasion: Occasion): Promise<void> {
  const { platform: { pg: pool, clock } } = doors;
  const { planNo, goesTo, locale, occasionNo } = occasion;
  const noteIn = await lateNote(doors, occasion);
  const readers = await mailReaders(pool, goesTo ?? { readers: [] }, locale);
  const views = new Map<Locale, Awaited<ReturnType<typeof mailOfView>>>();
  for (const language of new Set([locale, ...readers.map((reader) => reader.locale)])) views.set(language, await mailOfView(doors, planNo, language, noteIn(language)));
  await inTransaction(pool, async (client) => {
    if (!(await endOccasion(client, occasionNo))) throw new Error(`the occasion ${occasionNo} was ended by another`);
    const about = `director:${occasionNo}`;
    // Whoever was shut out meanwhile gets nothing.
    const still = new Set((await mailReaders(client, goesTo ?? { readers: [] }, locale)).map(({ address }) => address));
    await noteLetters(client, readers.filter(({ address }) => still.has(address)).map(({ name, address, locale: language }) => ({ ...views.get(language)!.letter, about, to: { name, address } })), clock.now());
    if (goesTo && goesTo.robotNos.length > 0) await tell(client, goesTo.robotNos, views.get(locale)!.message, clock.now(), about);
  });
}

async function lateNote({ platform: { pg, clock }, say }: DirectorDoors, { dueAt, mailingNo }: Occasion): Promise<(locale: Locale) => string | undefined> {
  if (mailingNo === null || clock.now().getTime() - dueAt.getTime() < tellLateMs) return () => undefined;
  const { timeZone, currency } = await readBrand(pg);
  return (locale) => say(locale, 'planning', 'reports.lateNote', { at: createFormat({ locale, timeZone, currency }).dateTime(dueAt) });
}

const keeperOf = async (client: pg.PoolClient, { planNo, mailingNo }: Occasion): Promise<number | null> => (mailingNo === null ? null : ((await readMailings(client, planNo, mailingNo))[0]?.keeperId ?? null));

async function tellWaiting(doors: DirectorDoors, client: pg.PoolClient, occasion: Occasion, reportNo: number): Promise<void> {
  const { say } = doors;
  const { locale, unit, from, to, projectName, planNo } = await requireReport(client, occasion.planNo, reportNo);
  const name = projectName ?? (await requirePlan(client, planNo)).name;
  await tellKeeper(doors, client, {
    about: `mailing:${occasion.mailingNo}`, keeperId: await keeperOf(client, occasion), locale, path: `/plan/reports/${reportNo}?plan=${planNo}`,
    told: (language) => ({ subject: say(language, 'planning', 'reports.told.waiting', { name: reportTitle(say, { locale: language, unit, days: { from, to }, name }) }), lines: [say(language, 'planning', 'reports.told.waitingWhy')] }),
  });
}

async function fail(doors: DirectorDoors, occasion: Occasion, error: unknown): Promise<void> {
  const { platform: { pg: pool, clock }, say } = doors;
  const { planNo, reportNo, mailingNo, locale } = occasion;
  const code = error instanceof Problem ? error.code : 'planning.report_failed';
  await inTransaction(pool, async (client) => {
    const isLast = await noteFailure(client, occasion, code, error instanceof Problem && error.status < 500, clock.now());
    if (!isLast || mailingNo === null) return;
    await tellKeeper(doors, client, {
      about: `mailing:${mailingNo}`, keeperId: await keeperOf(client, occasion), locale,
      told: (language) => ({ subject: say(language, 'planning', `reports.told.failed.${reportNo === null ? 'director' : 'report'}`), lines: [say(language, 'planning', 'reports.told.failedWhy')] }), path: reportNo === null ? `/plan/director?plan=${planNo}` : `/plan/reports/${reportNo}?plan=${planNo}`,
    });
  });
}
