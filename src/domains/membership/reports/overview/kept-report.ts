import type pg from 'pg';
import type { Breakage } from './breakage.ts';

export interface PointsMonth {
  month: string;
  issued: number;
  spent: number;
  expired: number;
  takenBack: number;
}

/** What is kept of the last time all was added up. */
export interface KeptReport {
  tiers: { tier: string; members: number }[];
  joined: { month: string; way: string; people: number }[];
  /** By how many each tier grew in a month. */
  moved: { month: string; tier: string; change: number }[];
  points: PointsMonth[];
  outstanding: number;
  breakage: Breakage | null;
}

export async function keepReport(pool: pg.Pool, report: KeptReport, at: Date): Promise<void> {
  await pool.query('insert into membership_report (id, computed_at, report) values (true, $1, $2) on conflict (id) do update set computed_at = excluded.computed_at, report = excluded.report', [at, report]);
}

/** Null before the first time. */
export async function readReport(pool: pg.Pool): Promise<{ report: KeptReport; computedAt: Date } | null> {
  return (await pool.query<{ report: KeptReport; computedAt: Date }>('select report, computed_at as "computedAt" from membership_report')).rows.at(0) ?? null;
}
