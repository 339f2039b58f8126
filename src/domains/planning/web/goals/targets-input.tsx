import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, SegmentedControl, Typography, useFormat } from '../../../../web/kit.ts';
import { type ItemBody, partsOf, type PlanPeriod } from '../../contract.ts';
import { FigureInput } from './figure-input.tsx';
import styles from './goals.module.css';

type Targets = ItemBody<'goal'>['targets'];

export interface TargetsInputProps {
  value?: Targets;
  onChange?: (targets: Targets) => void;
  years: PlanPeriod[];
  /** Named apart from the others where several stand in one form. */
  isPercent: boolean;
}

/** Targets by year, quarter and month; what is left empty comes of what is not. */
export function TargetsInput({ value = [], onChange, years, isPercent }: TargetsInputProps) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const [year, setYear] = useState(years[0]);
  const [hasMonths, setMonths] = useState(value.some(({ period }) => period.length === 7 && !period.includes('Q')));
  const set = (period: PlanPeriod, next: string | null): void => {
    const others = value.filter((each) => each.period !== period);
    onChange?.(next === null ? others : [...others, { period, value: next }].sort((a, b) => (a.period < b.period ? -1 : 1)));
  };
  const field = (period: PlanPeriod) => (
    <label key={period} className={styles.target}>
      <Typography.Text type="secondary">{format.period(period)}</Typography.Text>
      <FigureInput label={t('goals.targetOf', { period: format.period(period) })} isPercent={isPercent} value={value.find((each) => each.period === period)?.value ?? null} onChange={(next) => set(period, next)} />
    </label>
  );
  return (
    <div>
      {years.length > 1 && <SegmentedControl label={t('goals.units.year')} value={year} options={years.map((each) => ({ value: each, label: each }))} onChange={setYear} />}
      <div className={styles.targets}>{field(year)}</div>
      <div className={styles.targets}>{partsOf(year, 'quarter').map(field)}</div>
      {hasMonths ? <div className={styles.targets}>{partsOf(year, 'month').map(field)}</div> : <Flex><Button type="link" size="small" onClick={() => setMonths(true)}>{t('goals.byMonth')}</Button></Flex>}
    </div>
  );
}
