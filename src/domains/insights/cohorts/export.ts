import type { Actor } from '../../../kernel/actor.ts';
import type { Platform } from '../../../platform/platform.ts';
import { recordAudit } from '../../access/public.ts';
import type { CohortRow } from '../contract/cohorts.ts';
import type { CohortsAsked } from './asked.ts';

/** Names of the columns, as messages know them. */
export const exportColumns = ['cohort', 'size', 'age', 'of', 'active', 'retention', 'repurchased', 'repurchase', 'orders', 'sales', 'net', 'complete'] as const;

const share = (part: number, of: number): string | null => (of === 0 ? null : (part / of).toFixed(6));

/** Every cell as a row of a file. Audited. */
export async function* exportedCells(platform: Platform, actor: Actor, { cohort, unit, from, to }: CohortsAsked, rows: CohortRow[], rest: string) {
  await recordAudit(platform.pg, { actor, action: 'insights.export', subject: `cohorts:${cohort}`, details: { unit, from, to, rows: rows.length } });
  for (const { key, label, size, cells } of rows) {
    for (const cell of cells) {
      yield [
        key === null ? rest : label, size, cell.age, cell.of, cell.active, share(cell.active, cell.of), cell.repurchased, share(cell.repurchased, cell.of),
        cell.orders, cell.sales, cell.net, cell.isComplete ? 1 : 0,
      ];
    }
  }
}
