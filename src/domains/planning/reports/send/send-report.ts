import type pg from 'pg';
import type { Locale } from '../../../../kernel/locale.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { readMailServer } from '../../../../platform/mail/mail-server.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { readDirectory } from '../../../access/public.ts';
import { type Reader, readersOf } from '../../../insights/public.ts';
import type { Block, Plan, WrittenDocument } from '../../contract.ts';
import type { GoesTo } from '../../contract/mailings.ts';
import type { PlanReportSection } from '../../contract/reports.ts';
import { heading, list, paragraph } from '../../document/blocks.ts';
import { mailHtml, mailText } from '../../document/write/mail.ts';
import type { PlanningDoors } from '../../part.ts';
import { requirePlan } from '../../plans/keep-plans.ts';
import { noteLetters } from '../../post/post.ts';
import { say as tell } from '../../robots/store.ts';
import { aboutReport, type ReportRow } from '../keep/reports-store.ts';
import { inLanguage } from '../write/in-language.ts';
import { reportTitle } from '../write/write-report.ts';

type SendDoors = Pick<PlanningDoors, 'platform' | 'say'>;

/** Everybody meant, each address once; who may not sign in any more gets nothing. */
export const mailReaders = async (connection: pg.Pool | pg.PoolClient, { readers }: Pick<GoesTo, 'readers'>, locale: Reader['locale']): Promise<Reader[]> =>
  readersOf(readers.map((reader) => ({ ...reader, locale })), [], await readDirectory(connection));

const blocksOf = (sections: readonly PlanReportSection[]): Block[] => sections.flatMap(({ title, lines }) => [heading(2, title), ...list(lines)]);

/** Chinese is told apart by how it is written. */
const scripts: Record<Locale, string> = { 'zh-CN': 'zh-Hans', 'zh-TW': 'zh-Hant', en: 'en' };

/** A report as a document in a language, of which its mail and its files are written. Parts that are in another language than the rest say so above. */
export async function reportDocument({ platform, say }: SendDoors, plan: Plan, report: ReportRow, locale = report.locale): Promise<WrittenDocument> {
  const { unit, from, to, projectName, writtenAt, editedBy } = report;
  const { sections, kept } = inLanguage(report, locale);
  const language = new Intl.DisplayNames(locale, { type: 'language' }).of(scripts[report.locale]);
  const asWritten = kept.length === 0 ? [] : paragraph(say(locale, 'planning', kept.length === sections.length ? 'reports.keptAll' : 'reports.kept', { language, parts: new Intl.ListFormat(locale, { type: 'conjunction' }).format(kept.map(({ title }) => say(locale, 'planning', 'reports.line.quoted', { name: title }).trim())) }), 'note');
  const brand = await readBrand(platform.pg);
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: brand.timeZone }).format(writtenAt);
  const by = editedBy === null ? say(locale, 'planning', 'reports.byItself', { at }) : say(locale, 'planning', 'reports.editedBy', { at, by: editedBy });
  return { title: reportTitle(say, { locale, unit, days: { from, to }, name: projectName ?? plan.name }), subtitle: `${brand.name} · ${by}`, blocks: [...asWritten, ...blocksOf(sections)] };
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
export async function sendReport(doors: SendDoors, client: pg.PoolClient, report: ReportRow, goesTo: GoesTo, noteIn: (locale: Locale) => string | undefined = () => undefined): Promise<number> {
  const { platform: { clock }, say } = doors;
  const { reportNo, planNo, version, locale } = report;
  const about = aboutReport(reportNo, version);
  const [plan, server] = [await requirePlan(client, planNo), await readMailServer(client)];
  const linkIn = (language: Locale) => (server ? { text: say(language, 'planning', 'reports.open'), href: `${server.siteAddress}/plan/reports/${reportNo}?plan=${planNo}` } : null);
  const has = async (column: string, from: string): Promise<Set<unknown>> =>
    new Set((await client.query<{ who: unknown }>(`select ${column} as who from ${from} where subject_key = $1 and state <> 'failed'`, [about])).rows.map(({ who }) => who));
  const [mailed, said] = [await has('to_address', 'plan_mail'), await has('robot_no', 'plan_robot_message')];
  const readers = (await mailReaders(client, goesTo, locale)).filter(({ address }) => !mailed.has(address));
  const robots = goesTo.robotNos.filter((robotNo) => !said.has(robotNo));
  for (const [language, own] of Map.groupBy(readers, (reader) => reader.locale)) {
    const document = await reportDocument(doors, plan, report, language);
    const said = noteIn(language);
    const frame = { link: linkIn(language), foot: plan.name, ...(said === undefined ? {} : { note: said }) };
    const letter = { about, locale: language, subject: document.title, html: mailHtml(document, language, frame), text: mailText(document, language, frame) };
    await noteLetters(client, own.map(({ name, address }) => ({ ...letter, to: { name, address } })), clock.now());
  }
  const note = noteIn(locale);
  const title = reportTitle(say, { locale, unit: report.unit, days: report, name: report.projectName ?? plan.name });
  const lines = groupLines(report.sections, (count) => say(locale, 'planning', 'reports.more', { count }));
  if (robots.length > 0) await tell(client, robots, { title, lines: [...(note === undefined ? [] : [note]), ...lines], link: linkIn(locale) }, clock.now(), about);
  return readers.length + robots.length;
}

/** Refuses what could reach nobody: no mail server, or everybody has it. */
export async function demandSent(client: pg.PoolClient, { readers }: GoesTo, count: number): Promise<void> {
  if (readers.length > 0 && !(await readMailServer(client))) throw conflict('platform.mail_not_set_up');
  if (count === 0) throw conflict('planning.report_sent_already');
}
