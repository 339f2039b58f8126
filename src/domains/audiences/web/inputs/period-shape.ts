import type { CalendarUnit, Period, Point, TimeUnit } from '../../contract.ts';

/** A period as a person thinks of it: the last 90 days, before then, between two days. */
export type PeriodShape =
  | { mode: 'all' }
  | { mode: 'last' | 'before' | 'next'; amount: number; unit: TimeUnit }
  /** This month, last week: a whole part of the calendar. */
  | { mode: 'calendar'; unit: CalendarUnit; ago: number }
  | { mode: 'between'; far: number; near: number; unit: TimeUnit }
  | { mode: 'days'; from?: string; to?: string }
  /** Something that the editor cannot write, but a rule may say. */
  | { mode: 'other' };

export type PeriodMode = Exclude<PeriodShape['mode'], 'other'>;

const today: Point = { ago: 0, unit: 'day' };
const isDay = (point: Point | undefined): point is string => typeof point === 'string';
const isAgo = (point: Point | undefined): point is { ago: number; unit: TimeUnit } => typeof point === 'object' && 'ago' in point && 'unit' in point;
const isCalendar = (point: Point | undefined): point is { calendar: CalendarUnit; ago: number } => typeof point === 'object' && 'calendar' in point;
const isToday = (point: Point | undefined): boolean => isAgo(point) && point.ago === 0 && point.unit === 'day';

export function shapeOf({ from, to }: Period): PeriodShape {
  if (from === undefined && to === undefined) return { mode: 'all' };
  if ((from === undefined || isDay(from)) && (to === undefined || isDay(to))) return { mode: 'days', ...(isDay(from) ? { from } : {}), ...(isDay(to) ? { to } : {}) };
  if (isCalendar(from) && isCalendar(to) && from.calendar === to.calendar && from.ago === to.ago) return { mode: 'calendar', unit: from.calendar, ago: from.ago };
  if (isAgo(from) && to === undefined) return { mode: 'last', amount: from.ago, unit: from.unit };
  if (from === undefined && isAgo(to)) return { mode: 'before', amount: to.ago, unit: to.unit };
  if (isAgo(from) && isAgo(to) && from.unit === to.unit) return { mode: 'between', far: from.ago, near: to.ago, unit: from.unit };
  if (isToday(from) && typeof to === 'object' && 'ahead' in to) return { mode: 'next', amount: to.ahead, unit: to.unit };
  return { mode: 'other' };
}

/** The period of a shape; null of one that only a rule written elsewhere can say. */
export function periodOf(shape: PeriodShape): Period | null {
  switch (shape.mode) {
    case 'all': return {};
    case 'last': return { from: { ago: shape.amount, unit: shape.unit } };
    case 'before': return { to: { ago: shape.amount, unit: shape.unit } };
    case 'next': return { from: today, to: { ahead: shape.amount, unit: shape.unit } };
    case 'calendar': return { from: { calendar: shape.unit, ago: shape.ago }, to: { calendar: shape.unit, ago: shape.ago } };
    case 'between': return { from: { ago: Math.max(shape.far, shape.near), unit: shape.unit }, to: { ago: Math.min(shape.far, shape.near), unit: shape.unit } };
    case 'days': return { ...(shape.from ? { from: shape.from } : {}), ...(shape.to ? { to: shape.to } : {}) };
    case 'other': return null;
  }
}

/** What a mode begins with when it is chosen. */
export function firstOf(mode: PeriodMode, days: { from: string; to: string }): PeriodShape {
  if (mode === 'all') return { mode };
  if (mode === 'days') return { mode, ...days };
  if (mode === 'calendar') return { mode, unit: 'month', ago: 0 };
  if (mode === 'between') return { mode, far: 60, near: 30, unit: 'day' };
  return { mode, amount: 30, unit: 'day' };
}
