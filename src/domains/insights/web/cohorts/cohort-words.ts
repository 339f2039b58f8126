import { useTranslation } from 'react-i18next';
import { type Format, useFormat } from '../../../../web/kit.ts';
import type { CohortCell, CohortKind, CohortRow, CohortUnit } from '../../contract.ts';
import type { CohortMeasure } from './use-cohort-question.ts';

/** What a cell shows as a number; null where nobody is looked at. */
export function valueOf({ of, active, repurchased, orders, net }: CohortCell, measure: CohortMeasure): number | null {
  if (of === 0) return null;
  switch (measure) {
    case 'retention': return active / of;
    case 'repurchase': return repurchased / of;
    case 'value': return Number(net) / of;
    case 'orders': return orders / of;
  }
}

/** How such a number is written. */
export const unitOf = (measure: CohortMeasure): 'percent' | 'money' | 'number' => (measure === 'value' ? 'money' : measure === 'orders' ? 'number' : 'percent');

export function writtenValue(format: Format, measure: CohortMeasure, value: number | null): string {
  switch (unitOf(measure)) {
    case 'percent': return format.percent(value);
    // Hundreds are told apart without their cents, and a table of them is easier to read.
    case 'money': return format.compactMoney(value === null ? null : value.toFixed(Math.abs(value) >= 100 ? 0 : 2));
    case 'number': return format.number(value, 2);
  }
}

/** Names of rows and periods. */
export function useCohortWords(kind: CohortKind, unit: CohortUnit) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  return {
    rowName: ({ key, label }: Pick<CohortRow, 'key' | 'label'>): string => {
      if (key === null) return t('cohorts.rest');
      if (kind === 'time') return unit === 'month' ? key.slice(0, 7) : format.date(key);
      return label === '' ? t('cohorts.unsaid') : label;
    },
    ageName: (age: number): string => t(`cohorts.age_${unit}`, { age }),
  };
}
