import type { Platform } from '../../../../platform/platform.ts';
import { readBacklog } from '../api/intake-log.ts';
import { countSetAside, readTotals } from './data-quality.ts';

/** Figures of the intake in Prometheus' text format. */
export async function intakeMetrics({ pg, clock }: Platform): Promise<string> {
  const [totals, backlog, waiting, log] = await Promise.all([
    readTotals(pg), readBacklog(pg), countSetAside(pg),
    pg.query<{ unapplied: number; oldest: Date | null }>(
      'select count(*) as unapplied, min(sealed_at) as oldest from fact_batch where applied_at is null and undone_at is null'),
  ]);
  const now = clock.now().getTime();
  const age = (at: Date | null): number => (at ? Math.max(0, (now - at.getTime()) / 1000) : 0);
  const { unapplied, oldest } = log.rows[0];
  return [
    metric('perennial_intake_events_total', 'counter', 'Events made facts', totals.accepted ?? 0),
    metric('perennial_intake_duplicates_total', 'counter', 'Events that had come before', totals.duplicates ?? 0),
    metric('perennial_intake_set_aside_total', 'counter', 'Events set aside', totals.set_aside ?? 0),
    metric('perennial_intake_flagged_total', 'counter', 'Properties taken out because they look personal', totals.flagged ?? 0),
    metric('perennial_intake_set_aside_waiting', 'gauge', 'Events that wait for a person', waiting),
    metric('perennial_intake_backlog_events', 'gauge', 'Acknowledged events that are not facts yet', backlog.events),
    metric('perennial_intake_lag_seconds', 'gauge', 'Age of the oldest of them', age(backlog.oldestAt)),
    metric('perennial_facts_unapplied_batches', 'gauge', 'Sealed batches ClickHouse does not have yet', unapplied),
    metric('perennial_facts_apply_lag_seconds', 'gauge', 'Age of the oldest of them', age(oldest)),
  ].join('');
}

const metric = (name: string, kind: 'counter' | 'gauge', help: string, value: number): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${name} ${value}\n`;
