import { currentLocale } from '../../../../web/kit.ts';
import type { FieldDimension, ReportPeriod, Rhythm, ScheduleWanted, ShownSchedule } from '../../contract.ts';

/** A schedule as a form holds it. One language is chosen for all. */
export interface ScheduleDraft {
  name: string;
  dimensions: FieldDimension[];
  period: ReportPeriod;
  compare: ScheduleWanted['compare'];
  every: Rhythm['every'];
  weekday: number;
  monthDay: string;
  at: string;
  staffIds: number[];
  groupIds: number[];
  addresses: string[];
  locale: 'zh-CN' | 'zh-TW' | 'en';
}

const begun: Omit<ScheduleDraft, 'locale'> = {
  name: '', dimensions: ['channel', 'category'], period: 'yesterday', compare: 'before', every: 'day', weekday: 1, monthDay: '1', at: '08:30', staffIds: [], groupIds: [], addresses: [],
};

export function draftOf(schedule: ShownSchedule | null): ScheduleDraft {
  if (!schedule) return { ...begun, locale: currentLocale() };
  const { rhythm, recipients } = schedule;
  const spoken = recipients.find((each) => each.kind !== 'group');
  return {
    ...begun,
    name: schedule.name,
    dimensions: schedule.contents[0].dimensions,
    period: schedule.period,
    compare: schedule.compare,
    every: rhythm.every,
    at: rhythm.at,
    ...(rhythm.every === 'week' ? { weekday: rhythm.weekday } : {}),
    ...(rhythm.every === 'month' ? { monthDay: String(rhythm.day) } : {}),
    staffIds: recipients.flatMap((each) => (each.kind === 'staff' ? [each.staffId] : [])),
    groupIds: recipients.flatMap((each) => (each.kind === 'group' ? [each.groupId] : [])),
    addresses: recipients.flatMap((each) => (each.kind === 'address' ? [each.address] : [])),
    locale: spoken?.locale ?? currentLocale(),
  };
}

function rhythmOf({ every, weekday, monthDay, at }: ScheduleDraft): Rhythm {
  if (every === 'week') return { every, weekday, at };
  if (every === 'month') return { every, day: monthDay === 'last' ? 'last' : Number(monthDay), at };
  return { every, at };
}

export const wantedOf = (draft: ScheduleDraft): ScheduleWanted => ({
  name: draft.name,
  contents: [{ kind: 'overview', dimensions: draft.dimensions }],
  period: draft.period,
  compare: draft.compare,
  rhythm: rhythmOf({ ...begun, ...draft }),
  recipients: [
    ...draft.staffIds.map((staffId) => ({ kind: 'staff' as const, staffId, locale: draft.locale })),
    ...draft.groupIds.map((groupId) => ({ kind: 'group' as const, groupId })),
    ...draft.addresses.map((address) => ({ kind: 'address' as const, address, locale: draft.locale })),
  ],
});
