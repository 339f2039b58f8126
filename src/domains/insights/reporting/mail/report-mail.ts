import type { MailAttachment } from '../../../../platform/mail/mailer.ts';
import { drawLines } from '../../../../platform/picture/line-chart.ts';
import { encodePng } from '../../../../platform/picture/png.ts';
import { wordAnalysis } from '../../analysis/sentences.ts';
import type { MetricName } from '../../contract.ts';
import type { ReportData, ReportingDoors, ReportTable } from '../content/report-data.ts';
import type { ReadReport } from '../content/read-report.ts';
import { bars, button, card, faint, heading, look, page, tiles } from './look.ts';
import { html, type Html } from './html.ts';
import { savedPart, savedText } from './saved-part.ts';
import { figureText, movedText, periodText, type Voice } from './voice.ts';

/** A report as a message, without the files that go with it. */
export interface ReportMail {
  subject: string;
  html: string;
  text: string;
  pictures: MailAttachment[];
}

const headline: MetricName[] = ['sales', 'orders', 'averageOrder', 'buyers', 'newBuyers', 'refunds'];
/** What is further down is in the workbook. */
const mostBars = 6;

/** Writes a report for one reader. `site` is where the product is opened; without it nothing is linked. */
export function writeReportMail({ say }: Pick<ReportingDoors, 'say'>, { name, period, computedAt, parts }: ReadReport, voice: Voice, site: string | null): ReportMail {
  const { brand, locale } = voice;
  const days = periodText(voice, period);
  const overview = parts.find((part) => part.kind === 'overview')?.found.overview;
  const written = parts.map((part, at) => (part.kind === 'saved' ? onCard(savedPart(part, voice, site)) : overviewPart(part, voice, at, say)));
  const link = site === null ? null : `${site}/insights?from=${period.from}&to=${period.to}`;
  const title = voice.say('reporting.mail.title', { name, days });
  const against = overview ? ` · ${voice.say('reporting.mail.against', { days: periodText(voice, overview.before) })}` : '';
  const head = html`<tr><td style="padding:4px 4px 14px"><p class="faint" style="margin:0;font-size:13px;color:${look.faint}">${brand.name}</p><h1 class="ink" style="margin:2px 0;font-size:22px;line-height:1.3;color:${look.ink}">${name}</h1><p class="faint" style="margin:0;font-size:14px;color:${look.faint}">${days}${against}</p></td></tr>`;
  const computed = voice.say('reporting.mail.computed', { at: voice.format.dateTime(computedAt), zone: brand.timeZone });
  const foot = html`<tr><td align="center" style="padding:8px 4px 20px">${link === null ? html`` : html`<p style="margin:0 0 16px">${button(link, voice.say('reporting.mail.open'))}</p>`}${faint(computed)}${faint(voice.say('reporting.mail.why'))}</td></tr>`;
  const figures = overview ? ` · ${voice.say('metric.sales.label')} ${figureText(voice, 'sales', overview.total.now)} ${movedText(voice, 'sales', overview.total.now, overview.total.before).text}` : '';
  return {
    subject: `${brand.name} · ${title}${figures}`,
    html: page(locale, title, html`${head}${written.map(({ part }) => part)}${foot}`),
    text: plainText(say, title, parts, voice, [computed, ...(link === null ? [] : [`${voice.say('reporting.mail.open')}: ${link}`]), voice.say('reporting.mail.why')]),
    pictures: written.flatMap(({ pictures }) => pictures),
  };
}

/** A part on a card of its own, with the pictures in it. */
interface Written {
  part: Html;
  pictures: MailAttachment[];
}

const onCard = ({ part, pictures }: Written): Written => ({ part: card(part), pictures });

function overviewPart(report: ReportData, voice: Voice, at: number, say: ReportingDoors['say']): Written {
  const sentences = wordAnalysis(report.found, voice.compare, say, voice.locale, voice.brand).map(({ text }) => text);
  return {
    part: html`${card(figureTiles(report, voice))}${card(analysisPart(sentences, voice))}${card(coursePart(report, voice, at))}${report.tables.map((table) => card(tablePart(table, voice)))}`,
    pictures: [{ fileName: `course-${at + 1}.png`, contentType: 'image/png', cid: `course-${at + 1}`, content: courseOf(report) }],
  };
}

const figureTiles = ({ found: { overview: { total } } }: ReportData, voice: Voice): Html => tiles(headline.map((metric) => {
  const { text, tone } = movedText(voice, metric, total.now, total.before);
  return { label: voice.say(`metric.${metric}.label`), value: figureText(voice, metric, total.now), note: text, tone };
}));

const signedAmount = /([+−]\D{0,4}\d(?:[\d,.]*\d)?[万亿萬億KMB]?)/;
/** A sentence in which no sign is parted from its amount at the end of a line. */
const unbroken = (text: string): Html[] => text.split(signedAmount).map((part, at) => (at % 2 === 1 ? html`<span style="white-space:nowrap">${part}</span>` : html`${part}`));

function analysisPart(sentences: string[], { say }: Voice): Html {
  const [first, ...rest] = sentences;
  return html`${heading(say('analysis.title'))}<p class="ink" style="margin:0 0 8px;font-weight:600;color:${look.ink}">${unbroken(first)}</p>${rest.map((text) => html`<p class="ink" style="margin:0 0 8px;color:${look.ink}">${unbroken(text)}</p>`)}${faint(say('analysis.method'))}`;
}

const pictureSize = { width: 1_104, height: 320 };
const green = [31, 138, 94] as const;
const grey = [138, 148, 142] as const;

/** Sales over time as a picture, twice as fine as it is shown; the period before is grey. */
function courseOf({ course }: ReportData): Buffer {
  const before = course.some((point) => point.before !== null) ? [{ values: course.map((point) => (point.before ? Number(point.before.sales) : null)), colour: grey, width: 3 }] : [];
  return encodePng(drawLines(pictureSize.width, pictureSize.height, [...before, { values: course.map(({ now }) => Number(now.sales)), colour: green, width: 5, fill: 0.14 }]));
}

function coursePart({ course, by }: ReportData, voice: Voice, at: number): Html {
  const { format, say } = voice;
  const most = Math.max(0, ...course.flatMap(({ now, before }) => [Number(now.sales), Number(before?.sales ?? 0)]));
  const edge = (index: number): string => format.date(course.at(index)?.start ?? null);
  const title = say('reporting.mail.course', { metric: say('metric.sales.label'), by: say(`dimension.${by}.label`) });
  const hasBefore = course.some(({ before }) => before !== null);
  const key = hasBefore ? html`<span class="good" style="color:${look.accent}">━ ${say('series.now')}</span> <span class="faint" style="color:${look.faint}">━ ${say('series.before')}</span>` : html`<span class="faint" style="color:${look.faint}">${say('reporting.mail.lead')}</span>`;
  return html`${heading(title)}<p style="margin:0 0 6px;font-size:13px">${key}</p>${faint(say('reporting.mail.highest', { value: format.compactMoney(most) }))}<img src="cid:course-${at + 1}" width="552" alt="${title}" style="width:100%;max-width:552px;height:auto"><table role="presentation" width="100%"><tr><td class="faint" style="font-size:12px;color:${look.faint}">${edge(0)}</td><td class="faint" align="right" style="font-size:12px;color:${look.faint}">${edge(-1)}</td></tr></table>`;
}

const labelOf = ({ say }: Voice, label: string): string => label || say('breakdown.unknown');

function tablePart({ dimension, rows, rowCount }: ReportTable, voice: Voice): Html {
  const shown = rows.filter(({ now }) => Number(now.sales) > 0).slice(0, mostBars);
  const most = Math.max(1e-9, ...shown.map(({ now }) => Number(now.sales)));
  const title = voice.say('reporting.mail.table', { dimension: voice.say(`dimension.${dimension}.label`), metric: voice.say('metric.sales.label') });
  const list = bars(shown.map(({ label, now, before }) => ({ label: labelOf(voice, label), value: figureText(voice, 'sales', now), note: movedText(voice, 'sales', now, before).text, share: Number(now.sales) / most })));
  const more = rowCount > shown.length && shown.length > 0 ? faint(voice.say('reporting.mail.more', { count: rowCount, shown: voice.format.number(rowCount) })) : html``;
  return html`${heading(title)}${shown.length === 0 ? faint(voice.say('empty.periodTitle')) : list}${more}`;
}

/** The same for who reads no HTML. */
function plainText(say: ReportingDoors['say'], title: string, reports: ReadReport['parts'], voice: Voice, foot: string[]): string {
  const parts = reports.flatMap((report) => {
    if (report.kind === 'saved') return savedText(report, voice);
    const { found, tables } = report;
    const { total } = found.overview;
    const figure = (metric: MetricName): string => `${voice.say(`metric.${metric}.label`)}: ${figureText(voice, metric, total.now)} (${movedText(voice, metric, total.now, total.before).text})`;
    const table = ({ dimension, rows }: ReportTable): string[] => ['', voice.say('reporting.mail.table', { dimension: voice.say(`dimension.${dimension}.label`), metric: voice.say('metric.sales.label') }),
      ...rows.slice(0, mostBars).map(({ label, now, before }) => `- ${labelOf(voice, label)}: ${figureText(voice, 'sales', now)} (${movedText(voice, 'sales', now, before).text})`)];
    return [...headline.map(figure), '', ...wordAnalysis(found, voice.compare, say, voice.locale, voice.brand).map(({ text }) => text), ...tables.flatMap(table), ''];
  });
  return [title, '', ...parts, ...foot].join('\n');
}
