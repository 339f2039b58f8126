import type pg from 'pg';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { Platform } from '../../../../platform/platform.ts';
import type { FactLog } from '../../facts/fact-log.ts';
import { readBacklog } from '../api/intake-log.ts';
import { readDeclared } from '../worker/personal/declared.ts';
import { plainName } from '../worker/personal/split-properties.ts';
import type { readDataQuality } from './contract.ts';

export type DataQuality = EndpointReply<typeof readDataQuality>;

const rateMinutes = 5;
const chartMinutes = 60;

/** What the intake does now, whether ClickHouse has what the log has, and what looked personal. */
export async function dataQuality({ pg, clock }: Platform, facts: FactLog): Promise<DataQuality> {
  const now = clock.now();
  const [backlog, totals, minutes, waitingSetAside, status, checks, flagged, declared] = await Promise.all([
    readBacklog(pg), readTotals(pg), readMinutes(pg, now), countSetAside(pg), facts.status(), readChecks(pg), readFlagged(pg), readDeclared(pg),
  ]);
  const since = now.getTime() - rateMinutes * 60_000;
  const recent = minutes.filter((m) => Date.parse(m.minute) >= since).reduce((sum, m) => sum + m.accepted, 0);
  const declaredNames = new Set(declared.map(plainName));
  return {
    intake: {
      backlogEvents: backlog.events,
      lagSeconds: backlog.oldestAt ? Math.max(0, (now.getTime() - backlog.oldestAt.getTime()) / 1000) : null,
      eventsPerSecond: recent / (rateMinutes * 60),
      accepted: totals.accepted ?? 0,
      duplicates: totals.duplicates ?? 0,
      setAside: totals.set_aside ?? 0,
      waitingSetAside,
      minutes,
    },
    facts: {
      state: status.state,
      dataVersion: status.dataVersion,
      lastCheck: checks[0] ?? null,
      repairs: checks.filter((check) => check.repairedBatches > 0 || check.rebuilt),
    },
    flagged: flagged.map((row) => ({ ...row, declared: declaredNames.has(plainName(row.property.replace(/^.*\./, '').replace('[]', ''))) })),
    declared,
    computedAt: now.toISOString(),
  };
}

/** What the intake has done since ever, by name. */
export async function readTotals(pool: pg.Pool): Promise<Partial<Record<'accepted' | 'duplicates' | 'set_aside' | 'flagged', number>>> {
  const { rows } = await pool.query<{ name: string; value: number }>('select name, value from intake_total');
  return Object.fromEntries(rows.map((row) => [row.name, row.value]));
}

async function readMinutes(pool: pg.Pool, now: Date): Promise<DataQuality['intake']['minutes']> {
  const { rows } = await pool.query<{ minute: Date; accepted: number; duplicates: number; set_aside: number }>(
    'select minute, accepted, duplicates, set_aside from intake_minute where minute >= $1 order by minute',
    [new Date(now.getTime() - chartMinutes * 60_000)]);
  return rows.map((row) => ({ minute: row.minute.toISOString(), accepted: row.accepted, duplicates: row.duplicates, setAside: row.set_aside }));
}

/** Events that wait for a person. */
export async function countSetAside(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>('select count(*) as n from set_aside_event where replayed_at is null and discarded_at is null');
  return rows[0].n;
}

type Check = NonNullable<DataQuality['facts']['lastCheck']>;

async function readChecks(pool: pg.Pool): Promise<Check[]> {
  const { rows } = await pool.query<{ checked_at: Date; logged: Check['logged']; found: Check['found']; repaired_batches: number; rebuilt: boolean }>(
    'select checked_at, logged, found, repaired_batches, rebuilt from fact_check order by check_no desc limit 50');
  return rows.map((row) => ({
    checkedAt: row.checked_at.toISOString(), logged: row.logged, found: row.found, repairedBatches: row.repaired_batches, rebuilt: row.rebuilt,
  }));
}

async function readFlagged(pool: pg.Pool): Promise<Omit<DataQuality['flagged'][number], 'declared'>[]> {
  const { rows } = await pool.query<{ event_name: string; property: string; looks_like: 'phone' | 'email' | 'identity_number'; occurrences: number; first_seen_at: Date; last_seen_at: Date }>(
    'select * from flagged_property order by last_seen_at desc limit 200');
  return rows.map((row) => ({
    eventName: row.event_name,
    property: row.property,
    looksLike: row.looks_like,
    occurrences: row.occurrences,
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
  }));
}
