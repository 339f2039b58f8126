import { addDays, startOfDay } from '../../../kernel/day.ts';
import { Problem } from '../../../kernel/problem.ts';
import { momentsOf } from '../../commerce/public.ts';
import { type FunnelAsked, funnelLimits, windowMs } from '../contract/funnels.ts';
import type { TimeDimension } from '../contract/figures.ts';
import { bucketsOf } from '../question/period.ts';
import type { RunShape } from './find-run.ts';

/** A funnel's times as moments. */
export interface FunnelTimes {
  shape: RunShape;
  /** Until when facts are read: as long as a run that begins last may take, and no further than the present. */
  readUntilMs: number;
  nowMs: number;
}

/** Reads a question: 400 where the period ends before it begins. */
export function timesOf({ steps, window, order, from, to }: FunnelAsked, timeZone: string, now: Date): FunnelTimes {
  checkPeriod(from, to, funnelLimits.days * 10);
  const moments = momentsOf({ from, to }, timeZone);
  const each = windowMs(window);
  // The present is cut to the minute, so that an answer is one to the same question for as long.
  const nowMs = Math.floor(now.getTime() / 60_000) * 60_000;
  const untilMs = moments.until.getTime();
  const reachMs = window.of === 'whole' ? each : each * (steps.length - 1);
  return {
    shape: { steps: steps.length, windowMs: each, windowOf: window.of, order, fromMs: moments.from.getTime(), untilMs },
    readUntilMs: Math.min(untilMs + reachMs, Math.max(nowMs, untilMs)),
    nowMs,
  };
}

/** The first days of a trend's periods, and their first moments. */
export function trendOf({ from, to }: Pick<FunnelAsked, 'from' | 'to'>, by: TimeDimension, timeZone: string): { starts: string[]; moments: number[] } {
  checkPeriod(from, to, funnelLimits.days * 10);
  const starts = bucketsOf({ from, to }, by);
  if (starts.length > funnelLimits.buckets) throw badField('to', 'insights.period_too_long', { most: funnelLimits.buckets });
  return { starts, moments: starts.map((start) => startOfDay(start, timeZone).getTime()) };
}

/** Refuses what runs backwards or is longer than `mostDays`. */
export function checkPeriod(from: string, to: string, mostDays: number): void {
  if (to < from) throw badField('to', 'insights.period_backwards');
  if (to > addDays(from, mostDays)) throw badField('to', 'insights.period_too_long', { most: mostDays });
}

const badField = (field: string, code: string, params: Record<string, unknown> = {}): Problem =>
  new Problem(code, { status: 400, params, fields: [{ path: `body.${field}`, code: code.split('.')[1] }] });
