import type pg from 'pg';
import { conflict } from '../../../../kernel/problem.ts';
import { readMailServer } from '../../../../platform/mail/mail-server.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { readDirectory } from '../../../access/public.ts';
import { type Reader, readersOf } from '../../../insights/public.ts';
import type { Block, Plan, WrittenDocument } from '../../contract.ts';
import type { GoesTo } from '../../contract/mailings.ts';
import type { PlanReportSection } from '../../contract/reports.ts';
import { heading, list } from '../../document/blocks.ts';
import { mailHtml, mailText } from '../../document/write/mail.ts';
import type { PlanningDoors } from '../../part.ts';
import { requirePlan } from '../../plans/keep-plans.ts';
import { noteLetters } from '../../post/post.ts';
import { say as tell } from '../../robots/store.ts';
import { aboutReport, type ReportRow } from '../keep/reports-store.ts';
import { reportTitle } from '../write/write-report.ts';

type SendDoors = Pick<PlanningDoors, 'platform' | 'say'>;

/** Everybody meant, each address once; who may not sign in any more gets nothing. */
export const mailReaders = async (connection: pg.Pool | pg.PoolClient, { readers }: Pick<GoesTo, 'readers'>, locale: Reader['locale']): Promise<Reader[]> =>
  readersOf(readers.map((reader) => ({ ...reader, locale })), [], await readDirectory(connection));

const blocksOf = (sections: readonly PlanReportSection[]): Block[] => sections.flatMap(({ title, lines }) => [heading(2, title), ...list(lines)]);

/** A report as a document, of which its mail and its files are written. */
export async function reportDocument({ platform, say }: SendDoors, plan: Plan, report: ReportRow): Promise<WrittenDocument> {
  const { locale, unit, from, to, projectName, writtenAt, editedBy, sections } = report;
  const brand = await readBrand(platform.pg);
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: brand.timeZone }).format(writtenAt);
  const by = editedBy === null ? say(locale, 'planning', 'reports.byItself', { at }) : say(locale, 'planning', 'reports.editedBy', { at, by: editedBy });
  return { title: reportTitle(say, { locale, unit, days: { from, to }, name: projectName ?? plan.name }), subtitle: `${brand.name} · ${by}`, blocks: blocksOf(sections) };
}

/** A group reads the beginning of each part; the page has the rest. */
const linesInGroup = 6;

function groupLines(sections: readonly PlanReportSection[], more: (count: number) => string): string[] {
  return sections.flatMap(({ title, lines }) => [`【${title}】`, ...lines.slice(0, linesInGroup), ...(lines.length > linesInGroup ? [more(lines.length - linesInGroup)] : [])]);
}

/**
 * Notes what of a report leaves, and to whom; it leaves when the transaction holds, in which the report is locked. Whoever has
 * this version, or may have it, does not get it again. Returns how many letters and messages there are.
 */
export async function sendReport(doors: SendDoors, client: pg.PoolClient, report: ReportRow, goesTo: GoesTo, note?: string): Promise<number> {
  const { platform: { clock }, say } = doors;
  const { reportNo, planNo, version, locale } = report;
  const about = aboutReport(reportNo, version);
  const [plan, server] = [await requirePlan(client, planNo), await readMailServer(client)];
  const link = server ? { text: say(locale, 'planning', 'reports.open'), href: `${server.siteAddress}/plan/reports/${reportNo}?plan=${planNo}` } : null;
  const has = async (column: string, from: string): Promise<Set<unknown>> =>
    new Set((await client.query<{ who: unknown }>(`select ${column} as who from ${from} where subject_key = $1 and state <> 'failed'`, [about])).rows.map(({ who }) => who));
  const [mailed, said] = [await has('to_address', 'plan_mail'), await has('robot_no', 'plan_robot_message')];
  const readers = (await mailReaders(client, goesTo, locale)).filter(({ address }) => !mailed.has(address));
  const robots = goesTo.robotNos.filter((robotNo) => !said.has(robotNo));
  if (readers.length > 0) {
    const document = await reportDocument(doors, plan, report);
    const frame = { link, foot: plan.name, ...(note === undefined ? {} : { note }) };
    const letter = { about, locale, subject: document.title, html: mailHtml(document, locale, frame), text: mailText(document, frame) };
    await noteLetters(client, readers.map(({ name, address }) => ({ ...letter, to: { name, address } })), clock.now());
  }
  const title = reportTitle(say, { locale, unit: report.unit, days: report, name: report.projectName ?? plan.name });
  const lines = groupLines(report.sections, (count) => say(locale, 'planning', 'reports.more', { count }));
  if (robots.length > 0) await tell(client, robots, { title, lines: [...(note === undefined ? [] : [note]), ...lines], link }, clock.now(), about);
  return readers.length + robots.length;
}

/** Refuses what could reach nobody: no mail server, or everybody has it. */
export async function demandSent(client: pg.PoolClient, { readers }: GoesTo, count: number): Promise<void> {
  if (readers.length > 0 && !(await readMailServer(client))) throw conflict('platform.mail_not_set_up');
  if (count === 0) throw conflict('planning.report_sent_already');
}
