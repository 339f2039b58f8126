import type { FieldDimension, ReportContent, ReportPeriod, Rhythm, ScheduleWanted, ShownSchedule } from '../../contract.ts';
import { type MembersDraft, membersDraftOf, membersOf } from './member-draft.ts';

/** A schedule as a form holds it. */
export interface ScheduleDraft extends MembersDraft {
  name: string;
  hasOverview: boolean;
  dimensions: FieldDimension[];
  /** Saved reports under the names they were chosen by. */
  reports: { value: number; label: string }[];
  period: ReportPeriod;
  compare: ScheduleWanted['compare'];
  every: Rhythm['every'];
  weekday: number;
  monthDay: string;
  at: string;
  groupIds: number[];
}

const begun: ScheduleDraft = {
  name: '', hasOverview: true, dimensions: ['channel', 'category'], reports: [], period: 'yesterday', compare: 'before', every: 'day', weekday: 1, monthDay: '1', at: '08:30',
  staffIds: [], groupIds: [], addresses: [], languages: {},
};

export function draftOf(schedule: ShownSchedule | null): ScheduleDraft {
  if (!schedule) return begun;
  const { rhythm, recipients, contents } = schedule;
  const overview = contents.find((content) => content.kind === 'overview');
  return {
    ...begun,
    ...membersDraftOf(recipients),
    name: schedule.name,
    hasOverview: overview !== undefined,
    dimensions: overview?.dimensions ?? begun.dimensions,
    reports: contents.flatMap((content) => (content.kind === 'saved' ? [{ value: content.reportId, label: content.name }] : [])),
    period: schedule.period,
    compare: schedule.compare,
    every: rhythm.every,
    at: rhythm.at,
    ...(rhythm.every === 'week' ? { weekday: rhythm.weekday } : {}),
    ...(rhythm.every === 'month' ? { monthDay: String(rhythm.day) } : {}),
    groupIds: recipients.flatMap((each) => (each.kind === 'group' ? [each.groupId] : [])),
  };
}

function rhythmOf({ every, weekday, monthDay, at }: ScheduleDraft): Rhythm {
  if (every === 'week') return { every, weekday, at };
  if (every === 'month') return { every, day: monthDay === 'last' ? 'last' : Number(monthDay), at };
  return { every, at };
}

/** What a form asks for; fields that it does not show now are as a new one has them. */
export function wantedOf(values: ScheduleDraft): ScheduleWanted {
  const draft = { ...begun, ...values };
  const overview: ReportContent[] = draft.hasOverview ? [{ kind: 'overview', dimensions: draft.dimensions }] : [];
  return {
    name: draft.name,
    contents: [...overview, ...draft.reports.map(({ value, label }): ReportContent => ({ kind: 'saved', reportId: value, name: label }))],
    period: draft.period,
    compare: draft.compare,
    rhythm: rhythmOf(draft),
    recipients: [...membersOf(draft), ...draft.groupIds.map((groupId) => ({ kind: 'group' as const, groupId }))],
  };
}
