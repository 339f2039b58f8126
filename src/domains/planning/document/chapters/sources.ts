import type { Format } from '../../../../kernel/format.ts';
import type { ItemBody, ItemKindName, Plan, PlanMetric, ShownEvidence } from '../../contract.ts';

/** What chapters are written from. */
export interface Sources {
  plan: Plan;
  of<K extends ItemKindName>(kind: K, parentNo?: number | null): { itemNo: number; parentNo: number | null; body: ItemBody<K> }[];
  evidence: Map<number, ShownEvidence[]>;
  metrics: Map<string, PlanMetric>;
  format: Format;
  /** A sentence of the document, in its language. */
  word(key: string, params?: Record<string, unknown>): string;
}
