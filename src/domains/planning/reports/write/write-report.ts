import { daysBetween } from '../../../../kernel/day.ts';
import { createFormat, dash, type Format } from '../../../../kernel/format.ts';
import { type Say, spoken } from '../../../../platform/i18n.ts';
import type { Days } from '../../contract.ts';
import type { PlanReportSection, ReportUnit } from '../../contract/reports.ts';
import { monitorText } from '../../monitors/tell.ts';
import { figureText } from '../../document/chapters/figure-text.ts';
import type { Past } from '../history/work-done.ts';
import type { MetricMoved, ReportSource } from './gather.ts';

interface Words {
  format: Format;
  word(key: string, params?: Record<string, unknown>): string;
}
type Key = Exclude<PlanReportSection['key'], 'own'>;

/** So much of a part is told; the pages have all of it. */
const mostLines = 30;

/** A report as it writes itself: what was done, what the numbers say, what comes next. Parts that have nothing to tell are left out. */
export function writeReport(say: Say, source: ReportSource): PlanReportSection[] {
  const { locale, brand, work } = source;
  const words: Words = { format: createFormat({ locale, timeZone: brand.timeZone, currency: brand.currency }), word: (key, params = {}) => say(locale, 'planning', key, spoken(params, locale)) };
  const { word } = words;
  const piece = pieceText(source, words);
  const parts: [Key, string[]][] = [
    ['summary', summaryLines(source, words)],
    ['done', work.done.map(piece)],
    ['begun', work.begun.map(piece)],
    ['moved', work.moved.map(({ item, from, to }) => word('reports.line.moved', { what: piece(item), from, to }))],
    ['overdue', work.overdue.map((task) => word('reports.line.overdue', { what: piece(task), due: task.body.to, count: daysBetween(task.body.to!, source.today) }))],
    ['milestones', [...work.reached.map((each) => word('reports.line.reached', { what: piece(each), day: each.body.doneOn })), ...work.missed.map((each) => word('reports.line.missed', { what: piece(each), due: each.body.due }))]],
    ['meetings', work.meetings.flatMap((meeting) => meetingLines(source, words, meeting))],
    ['goals', goalLines(source, words)],
    ['metrics', metricLines(source, words)],
    ['monitors', monitorLines(source, words)],
    ['risks', riskLines(source, words)],
    ['changes', changeLines(source, words)],
    ['next', work.next.map((each) => word('reports.line.due', { what: piece(each), due: each.kind === 'task' ? each.body.to : each.body.due }))],
  ];
  return parts.flatMap(([key, all]) => {
    const lines = all.map((line) => line.replaceAll('\n', ' ').trim()).filter((line) => line !== '');
    const more = lines.length - mostLines;
    return lines.length === 0 ? [] : [{ key, title: word(`reports.section.${key}`), lines: more > 0 ? [...lines.slice(0, mostLines), word('reports.more', { count: more })] : lines }];
  });
}

/** What a report is called: `周报 2026/06/15 – 2026/06/21 · 五年规划`. */
export function reportTitle(say: Say, { locale, unit, days, name }: { locale: ReportSource['locale']; unit: ReportUnit; days: Days; name: string }): string {
  return say(locale, 'planning', `reports.titleOf.${unit}`, { name, ...spoken({ from: days.from, to: days.to, month: days.from.slice(0, 7) }, locale) });
}

const pieceText = ({ projectNo, projects }: ReportSource, { word }: Words) => ({ parentNo, body: { name, owner } }: Past<'task'> | Past<'milestone'>): string => {
  const project = projectNo === null ? projects.find(({ itemNo }) => itemNo === parentNo)?.name : undefined;
  const more = [project, owner?.name].filter((each) => each !== undefined).join(word('document.comma'));
  return more === '' ? name : word('reports.line.of', { name, more });
};

function summaryLines({ work, projectNo, projects, days, today }: ReportSource, { word, format }: Words): string[] {
  const { done, begun, moved, overdue, reached, meetings } = work;
  const project = projects.find(({ itemNo }) => itemNo === projectNo)?.figures;
  const counts = { done: done.length, begun: begun.length, moved: moved.length, overdue: overdue.length, reached: reached.length, meetings: meetings.length };
  return [
    word('reports.line.summary', counts),
    project && project.tasks > 0 ? word('reports.line.progress', { share: format.percent(project.progress, 0), done: project.done, tasks: project.tasks, ends: project.ends ?? dash }) : '',
    today <= days.to ? word('reports.line.underWay', { to: days.to }) : '',
  ];
}

function meetingLines({ work }: ReportSource, { word, format }: Words, { itemNo, body }: Past<'meeting'>): string[] {
  const tasks = work.ofMeeting.get(itemNo) ?? [];
  return [
    word('reports.line.meeting', { name: body.name, at: format.dateTime(body.at) }),
    ...body.decisions.map((text) => word('reports.line.decision', { text })),
    ...tasks.map(({ body: { name, owner, to } }) => {
      const what = owner === null ? name : word('reports.line.of', { name, more: owner.name });
      return word('reports.line.task', { name: to === null ? what : word('reports.line.due', { what, due: to }) });
    }),
  ];
}

function goalLines({ goals }: ReportSource, words: Words): string[] {
  const { word } = words;
  return goals.filter(({ state: { target, actual } }) => target !== null || actual.value !== null).map(({ goal: { body }, unit, state: { period, actual, path, target, status } }) => {
    const value = (of: string | number | null): string => (of === null ? dash : figureText(words, String(of), unit));
    if (target === null) return word('reports.line.goalAlone', { name: body.name, period, actual: value(actual.value) });
    return word('reports.line.goal', { name: body.name, period, actual: value(actual.value), path: value(path), target: value(target), status: word(status === 'none' ? `figures.states.${actual.state}` : `goals.statuses.${status}`) });
  });
}

function metricLines({ metrics, counted, against }: ReportSource, words: Words): string[] {
  const { word, format } = words;
  const days = ({ from, to }: Days): string => (from === to ? format.date(from) : `${format.date(from)} – ${format.date(to)}`);
  const nameOf = ({ metric: { label }, filter }: MetricMoved): string => (filter === null ? label : word('figures.narrowed', { metric: label, value: filter }));
  const known = metrics.filter(({ now }) => now.value !== null).map((moved) => {
    const { metric: { unit }, now, before } = moved;
    return word('reports.line.metric', { name: nameOf(moved), value: figureText(words, now.value!, unit), before: before.value === null ? word(`figures.states.${before.state}`) : figureText(words, before.value, unit), change: changeText(moved, words) });
  });
  // What has no figure is told of together, by why.
  const without = [...Map.groupBy(metrics.filter(({ now }) => now.value === null), ({ now }) => now.state)].map(([state, all]) => word('reports.line.noFigure', { name: all.map(nameOf), why: word(`figures.states.${state}`) }));
  const lines = [...known, ...without];
  const computedAt = metrics.map(({ now }) => now.computedAt).find((at) => at !== null);
  return lines.length === 0 ? [] : [...lines, word('reports.line.counted', { days: days(counted), against: days(against), at: computedAt ? format.dateTime(computedAt) : dash })];
}

/** How a metric moved: a share by points of a hundred, everything else by its part of what it was. */
export function changeText({ metric: { unit }, now, before }: Pick<MetricMoved, 'now' | 'before'> & { metric: Pick<MetricMoved['metric'], 'unit'> }, { format, word }: Words): string {
  if (now.value === null || before.value === null) return word('reports.line.noChange');
  const [is, was] = [Number(now.value), Number(before.value)];
  const signed = (text: string, of: number): string => (of > 0 ? `+${text}` : text);
  if (unit === 'percent') return word('reports.line.points', { points: signed(format.number((is - was) * 100, 1), is - was) });
  return was === 0 ? word('reports.line.noChange') : signed(format.percent((is - was) / Math.abs(was)), is - was);
}

/** Each time a rule was crossed or held again within the days; and rules that are crossed since before. */
const monitorLines = ({ monitors, days }: ReportSource, { word, format }: Words): string[] => monitors.flatMap(({ body, project, unit, standing: { state, since, turns } }) => {
  const text = (value: string): string => monitorText(format, value, body, unit);
  const bound = word(`monitors.bounds.${body.bound.is}`, { low: 'low' in body.bound ? text(body.bound.low) : '', high: 'high' in body.bound ? text(body.bound.high) : '' });
  const shared = { project: project.body.name, name: body.name, bound };
  const told = turns.toReversed().map((turn) => word(`monitors.mail.${turn.state}`, { ...shared, days: turn.from === turn.to ? format.date(turn.to) : word('monitors.mail.days', { from: format.date(turn.from), to: format.date(turn.to) }), value: text(turn.value) }));
  return told.length > 0 || state !== 'crossed' || since === null || since >= days.from ? told : [word('reports.line.stillCrossed', { ...shared, since: format.date(since) })];
});

/** Who did the same to more than so many of a kind is told of once. */
const mostNamed = 3;

const changeLines = ({ changes }: ReportSource, { word }: Words): string[] =>
  [...Map.groupBy(changes, ({ change: { kind, itemKind, by } }) => `${by} ${kind} ${itemKind}`).values()].map((same) => {
    const [{ change: { kind, itemKind, by } }] = same;
    const names = same.slice(0, mostNamed).map(({ name }) => word('reports.line.quoted', { name })).join('');
    return word(same.length > mostNamed ? 'reports.line.changedMany' : 'reports.line.changed', { by, names, what: word(`change.${kind}`, { what: word(`kind.${itemKind}`) }), count: same.length });
  });

const riskLines = ({ projects, projectNo }: ReportSource, { word }: Words): string[] =>
  projects.filter(({ itemNo, figures: { risk } }) => (projectNo === null || itemNo === projectNo) && (risk === 'late' || risk === 'at_risk')).map(({ name, figures: { risk, lateDays, ends } }) =>
    word('reports.line.risk', { name, risk: risk === 'late' && lateDays > 0 ? word('projects.lateBy', { count: lateDays }) : word(`projects.riskOf.${risk}`), ends: ends ?? dash }));
