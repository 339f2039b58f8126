import { useCallback } from 'react';
import { useFormat } from '../../../../web/kit.ts';
import type { Figure, MetricUnit } from '../../contract.ts';

/** Writes a figure for a person by its unit; `compact` shortens large ones. */
export function useAnswerText(): (value: Figure | undefined, unit: MetricUnit | null, compact?: boolean) => string {
  const format = useFormat();
  return useCallback((value, unit, compact = false) => {
    if (unit === 'money') return compact ? format.compactMoney(value) : format.money(value);
    if (unit === 'percent') return format.percent(value === null || value === undefined ? null : Number(value));
    return compact ? format.compact(value) : format.number(value, 2);
  }, [format]);
}
