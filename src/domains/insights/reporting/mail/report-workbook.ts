import type { Say } from '../../../../platform/i18n.ts';
import { workbookBytes, workbookType, type WorkbookSheet } from '../../../../platform/workbook/workbook.ts';
import type { MailAttachment } from '../../../../platform/mail/mailer.ts';
import { decimal, exact } from '../../analysis/findings.ts';
import { type Figures, metricNames } from '../../contract.ts';
import type { ReportData, ReportingDoors, ReportTable } from '../content/report-data.ts';
import { answerMeanings, answerSheet } from '../../take-out/answer-sheet.ts';
import { figureCells, figureColumns, meaningsOfNames, meaningsSheet, provenanceFacts } from '../../take-out/figure-columns.ts';
import type { ReadReport } from '../content/read-report.ts';
import type { Voice } from './voice.ts';

/** The tables of a report as a workbook: one sheet each, and what the numbers mean. Its name is the report's. */
export async function writeReportWorkbook({ say }: Pick<ReportingDoors, 'say'>, { name, period, parts }: ReadReport, voice: Voice): Promise<MailAttachment> {
  const { brand } = voice;
  const sheets = parts.flatMap((part) => (part.kind === 'saved' ? [answerSheet(part.name, part.tables[voice.locale], say, voice.locale)] : overviewSheets(part, say, voice)));
  const content = await workbookBytes([...sheets, meaningsSheet(meaningsOf({ name, parts }, say, voice), say, voice.locale)], brand.currency);
  return { fileName: `${name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, ' ')} ${period.to}.xlsx`, contentType: workbookType, content };
}

const overviewSheets = (report: ReportData, say: Say, voice: Voice): WorkbookSheet[] =>
  [totalsSheet({ say }, report, voice), courseSheet(report, voice), ...report.tables.map((table) => tableSheet({ say }, table, voice)), sourcesSheet(report, voice)];

/** Where the numbers come from and what they mean, each thing once. */
function meaningsOf({ name, parts }: Pick<ReadReport, 'name' | 'parts'>, say: Say, voice: Voice): [string, string][] {
  const { locale } = voice;
  const lines = parts.flatMap((part): [string, string][] => {
    if (part.kind === 'saved') {
      const { provenance } = part.tables[locale];
      return [...provenanceFacts({ ...provenance, before: provenance.against }, say, locale), ...answerMeanings(part.name, part.tables[locale], say, locale)];
    }
    return [...provenanceFacts({ ...part.found.overview, ...voice.brand }, say, locale), [voice.say('analysis.title'), voice.say('analysis.method')],
      ...meaningsOfNames({ metrics: metricNames, dimensions: part.tables.map(({ dimension }) => dimension) }, say, locale)];
  });
  const all = [[voice.say('reporting.mail.report'), name] as [string, string], ...lines];
  return all.filter(([term, meaning], at) => all.findIndex((other) => other[0] === term && other[1] === meaning) === at);
}

const labels = ({ say }: Voice, doors: Pick<ReportingDoors, 'say'>, locale: Voice['locale']) => ({ now: say('series.now'), before: say('takeOut.before'), change: say('analysis.contribution'), columns: figureColumns(metricNames, doors.say, locale).slice(0, metricNames.length) });

function totalsSheet(doors: Pick<ReportingDoors, 'say'>, { found: { overview: { total } } }: ReportData, voice: Voice): WorkbookSheet {
  const { now, before, change, columns } = labels(voice, doors, voice.locale);
  const cells = (figures: Figures) => metricNames.map((metric) => figures[metric]);
  const difference = metricNames.map((metric) => {
    const [a, b] = [total.now[metric], total.before[metric]];
    return a === null || b === null ? null : decimal(exact(String(a)) - exact(String(b)));
  });
  return { title: voice.say('overview.title'), columns: [{ title: '', format: 'text', width: 14 }, ...columns], rows: [[now, ...cells(total.now)], [before, ...cells(total.before)], [change, ...difference]] };
}

function courseSheet({ course, by }: ReportData, { say }: Voice): WorkbookSheet {
  const [sales, orders, before] = [say('metric.sales.label'), say('metric.orders.label'), say('breakdown.before')];
  return {
    title: say('reporting.mail.course', { metric: sales, by: say(`dimension.${by}.label`) }),
    columns: [{ title: say(`dimension.${by}.label`), format: 'day' }, { title: sales, format: 'money' }, { title: orders, format: 'count' }, { title: `${sales} (${before})`, format: 'money' }, { title: `${orders} (${before})`, format: 'count' }],
    rows: course.map(({ start, now, before: then }) => [start, now.sales, now.orders, then?.sales ?? null, then?.orders ?? null]),
  };
}

function tableSheet(doors: Pick<ReportingDoors, 'say'>, { dimension, rows, total }: ReportTable, { say, locale }: Voice): WorkbookSheet {
  const title = say(`dimension.${dimension}.label`);
  return {
    title,
    columns: [{ title, format: 'text', width: 30 }, ...figureColumns(metricNames, doors.say, locale)],
    totals: [say('takeOut.total'), ...figureCells(metricNames, total.now, total.before)],
    rows: rows.map(({ label, now, before }) => [label || say('breakdown.unknown'), ...figureCells(metricNames, now, before)]),
  };
}

/** What made up the change of sales, value by value; each block adds up to the change. */
function sourcesSheet({ found: { dimensions, groups, sales } }: ReportData, { say }: Voice): WorkbookSheet {
  const block = (title: string, rows: { label: string; now: bigint | null; before: bigint | null; change: bigint }[]) =>
    rows.map(({ label, now, before, change }) => [title, label, now === null ? null : decimal(now), before === null ? null : decimal(before), decimal(change)]);
  const rest = (change: bigint) => (change === 0n ? [] : [{ label: say('analysis.rest'), now: null, before: null, change }]);
  return {
    title: say('reporting.mail.sources'),
    columns: [{ title: say('reporting.mail.by'), format: 'text', width: 16 }, { title: say('takeOut.term'), format: 'text', width: 30 }, { title: say('series.now'), format: 'money' }, { title: say('takeOut.before'), format: 'money' }, { title: say('analysis.contribution'), format: 'money' }],
    totals: [say('takeOut.total'), null, decimal(sales.now), decimal(sales.before), decimal(sales.change)],
    rows: [
      ...block(say('reporting.mail.group'), groups.map(({ key, ...moved }) => ({ label: say(`analysis.group.${key}`), ...moved }))),
      ...dimensions.flatMap(({ dimension, rows, rest: left }) => block(say(`dimension.${dimension}.label`), [...rows.map(({ key, ...moved }) => ({ label: key || say('breakdown.unknown'), ...moved })), ...rest(left)])),
    ],
  };
}
