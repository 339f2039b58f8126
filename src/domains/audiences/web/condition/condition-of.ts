import type { PlainCondition } from '../../contract.ts';

/** A condition of one kind. */
export type ConditionOf<K extends PlainCondition['kind']> = Extract<PlainCondition, { kind: K }>;

/** What every editor of a condition is given. */
export interface ConditionProps<K extends PlainCondition['kind']> {
  condition: ConditionOf<K>;
  onChange: (condition: PlainCondition) => void;
}
