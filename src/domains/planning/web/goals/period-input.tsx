import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DatePicker, Select, Space, todayIn, useSession } from '../../../../web/kit.ts';
import { daysOf, periodOf, type PeriodUnit, periodUnits, type PlanPeriod, unitOf } from '../../contract.ts';

export interface PeriodInputProps {
  value?: PlanPeriod | null;
  onChange?: (period: PlanPeriod | null) => void;
  id?: string;
}

/** A year, quarter or month in a form. */
export function PeriodInput({ value, onChange, id }: PeriodInputProps) {
  const { t } = useTranslation('planning');
  const [chosen, setChosen] = useState<PeriodUnit>('year');
  // Of a year that is under way the quarter is meant that it is now.
  const today = todayIn(useSession().brand.timeZone);
  const unit = value ? unitOf(value) : chosen;
  const change = (next: PeriodUnit): void => {
    setChosen(next);
    if (!value) return;
    const { from, to } = daysOf(value);
    onChange?.(periodOf(from <= today && today <= to ? today : from, next));
  };
  return (
    <Space.Compact block>
      <Select aria-label={t('goals.unit')} value={unit} onChange={change} options={periodUnits.map((each) => ({ value: each, label: t(`goals.units.${each}`) }))} style={{ flex: 'none', width: 104 }} />
      <DatePicker id={id} picker={unit} value={value ? dayjs(daysOf(value).from) : null} onChange={(day) => onChange?.(day ? periodOf(day.format('YYYY-MM-DD'), unit) : null)} style={{ flex: 1 }} />
    </Space.Compact>
  );
}
