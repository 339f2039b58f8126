import type { Format } from '../../../../kernel/format.ts';
import type { Staffing } from '../../budget/rules/months.ts';
import type { BudgetPurpose, ItemBody, ItemKindName, Plan, PlanMetric, ShownEvidence, StageKey } from '../../contract.ts';

/** What chapters are written from. */
export interface Sources {
  plan: Plan;
  of<K extends ItemKindName>(kind: K, parentNo?: number | null): { itemNo: number; parentNo: number | null; body: ItemBody<K> }[];
  evidence: Map<number, ShownEvidence[]>;
  metrics: Map<string, PlanMetric>;
  format: Format;
  /** A sentence of the document, in its language. */
  word(key: string, params?: Record<string, unknown>): string;
  /** A sentence of the domain's pages. */
  phrase(key: string, params?: Record<string, unknown>): string;
  /** Open lines that whoever reads may see. */
  budget: { lines: BudgetedLine[]; isWithoutPeople: boolean; staffing: Staffing };
}

/** A line of the budget with what it may spend, or asks for. */
export interface BudgetedLine {
  name: string;
  purpose: BudgetPurpose;
  stage: StageKey | null;
  costCentre: string;
  fromMonth: string;
  untilMonth: string;
  amount: string;
  isWaiting: boolean;
}
