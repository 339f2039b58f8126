import type { MailAttachment } from '../../../../platform/mail/mailer.ts';
import { drawLines } from '../../../../platform/picture/line-chart.ts';
import { encodePng } from '../../../../platform/picture/png.ts';
import { type Figure, type MetricUnit, timeDimensions } from '../../contract.ts';
import type { ReportTable } from '../../reports/report-table.ts';
import type { SavedData } from '../content/saved-report.ts';
import { html, type Html } from './html.ts';
import { bars, faint, heading, look, tiles } from './look.ts';
import type { Voice } from './voice.ts';

const mostTiles = 6;
/** What is further down is in the workbook. */
const mostBars = 6;
const fewestPoints = 2;
const pictureSize = { width: 1_104, height: 320 };
const green = [31, 138, 94] as const;

/** A metric of a table, and where its cells are. */
interface Shown {
  label: string;
  unit: MetricUnit;
  at: number;
}

const isCompared = ({ provenance }: ReportTable): boolean => provenance.compare !== 'none';
const dimensionsOf = ({ columns }: ReportTable): number => columns.filter(({ unit }) => unit === null).length;

function metricsOf(table: ReportTable): Shown[] {
  const step = isCompared(table) ? 3 : 1;
  return table.columns.flatMap(({ label, unit }, at) => (unit !== null && (at - dimensionsOf(table)) % step === 0 ? [{ label, unit, at }] : []));
}

function figureText({ format }: Voice, unit: MetricUnit, figure: Figure): string {
  if (unit === 'money') return format.compactMoney(figure);
  return unit === 'percent' ? format.percent(figure === null ? null : Number(figure)) : format.compact(figure);
}

/** How a metric moved, or how much of its target is reached. */
function noteOf(table: ReportTable, voice: Voice, cells: Figure[], { at }: Shown): string {
  if (!isCompared(table)) return '';
  const share = cells[at + 2];
  if (share === null) return '–';
  if (table.provenance.compare === 'target') return voice.say('ask.reached', { share: voice.format.percent(Number(share)), target: figureText(voice, table.columns[at].unit ?? 'count', cells[at + 1]) });
  return `${Number(share) < 0 ? '▼' : '▲'} ${voice.format.percent(Math.abs(Number(share)))}`;
}

const isTime = (key: string): boolean => timeDimensions.some((name) => name === key);
/** Months have their name already. */
const valueText = ({ format }: Voice, key: string, cell: Figure): string => (isTime(key) && key !== 'month' ? format.date(String(cell)) : String(cell));
const labelOf = (table: ReportTable, voice: Voice, row: Figure[]): string => row.slice(0, dimensionsOf(table)).map((cell, at) => valueText(voice, table.columns[at].key, cell)).join(' · ');

/** Whether an answer is a course: one dimension, which is time. */
const isCourse = (table: ReportTable): boolean => dimensionsOf(table) === 1 && isTime(table.columns[0].key) && table.rows.length >= fewestPoints;

/** A saved report in a mail: its totals, and its first metric as a line over time or as bars. All of it is in the workbook. */
export function savedPart({ reportId, name, tables }: SavedData, voice: Voice, site: string | null): { part: Html; pictures: MailAttachment[] } {
  const table = tables[voice.locale];
  const metrics = metricsOf(table);
  const [first] = metrics;
  const totals = tiles(metrics.slice(0, mostTiles).map((metric) => ({ label: metric.label, value: figureText(voice, metric.unit, table.totals[metric.at]), note: noteOf(table, voice, table.totals, metric), tone: 'faint' })));
  const title = site === null ? heading(name) : heading(html`<a class="ink" href="${site}/insights/reports/${reportId}" style="color:${look.ink}">${name}</a>`);
  if (dimensionsOf(table) === 0) return { part: html`${title}${totals}`, pictures: [] };
  if (table.rows.length === 0) return { part: html`${title}${faint(voice.say('ask.emptyTitle'))}`, pictures: [] };
  if (isCourse(table)) {
    const cid = `saved-${reportId}`;
    return { part: html`${title}${totals}${coursePart(table, first, voice, cid)}`, pictures: [{ fileName: `${cid}.png`, contentType: 'image/png', cid, content: courseOf(table, first) }] };
  }
  const shown = table.rows.slice(0, mostBars);
  const most = Math.max(1e-9, ...shown.map((row) => Number(row[first.at] ?? 0)));
  const list = bars(shown.map((row) => ({ label: labelOf(table, voice, row), value: figureText(voice, first.unit, row[first.at]), note: noteOf(table, voice, row, first), share: Number(row[first.at] ?? 0) / most })));
  const more = table.total > shown.length ? faint(voice.say('reporting.mail.more', { count: table.total, shown: voice.format.number(table.total) })) : html``;
  return { part: html`${title}${totals}${faint(first.label)}${list}${more}`, pictures: [] };
}

const courseOf = ({ rows }: ReportTable, { at }: Shown): Buffer =>
  encodePng(drawLines(pictureSize.width, pictureSize.height, [{ values: rows.map((row) => (row[at] === null ? null : Number(row[at]))), colour: green, width: 5, fill: 0.14 }]));

function coursePart({ rows, columns: [{ key }] }: ReportTable, { label, unit, at }: Shown, voice: Voice, cid: string): Html {
  const most = Math.max(0, ...rows.map((row) => Number(row[at] ?? 0)));
  const edge = ([cell]: Figure[]): string => valueText(voice, key, cell);
  const [start, end] = [edge(rows[0]), edge(rows[rows.length - 1])];
  return html`${faint(`${label} · ${voice.say('reporting.mail.highest', { value: figureText(voice, unit, most) })}`)}<img src="cid:${cid}" width="552" alt="${label}" style="width:100%;max-width:552px;height:auto"><table role="presentation" width="100%"><tr><td class="faint" style="font-size:12px;color:${look.faint}">${start}</td><td class="faint" align="right" style="font-size:12px;color:${look.faint}">${end}</td></tr></table>`;
}

/** The same for who reads no HTML. */
export function savedText({ name, tables }: SavedData, voice: Voice): string[] {
  const table = tables[voice.locale];
  const metrics = metricsOf(table);
  const line = (label: string, cells: Figure[], metric: Shown): string => [`${label}:`, figureText(voice, metric.unit, cells[metric.at]), noteOf(table, voice, cells, metric)].filter((part) => part !== '').join(' ');
  const rows = dimensionsOf(table) === 0 ? [] : table.rows.slice(0, mostBars).map((row) => `- ${line(labelOf(table, voice, row), row, metrics[0])}`);
  return [name, ...metrics.map((metric) => line(metric.label, table.totals, metric)), ...rows, ''];
}
