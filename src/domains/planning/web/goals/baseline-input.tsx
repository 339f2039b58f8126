import { useTranslation } from 'react-i18next';
import { Flex, Input, SegmentedControl } from '../../../../web/kit.ts';
import type { ItemBody } from '../../contract.ts';
import { FigureInput } from './figure-input.tsx';
import { PeriodInput } from './period-input.tsx';

type Baseline = ItemBody<'goal'>['baseline'];

export interface BaselineInputProps {
  value?: Baseline;
  onChange?: (baseline: Baseline) => void;
  isPercent: boolean;
  hasMetric: boolean;
  lastYear: string;
}

/** What a goal is measured against: a period of its own metric, or a typed figure with its source. */
export function BaselineInput({ value = null, onChange, isPercent, hasMetric, lastYear }: BaselineInputProps) {
  const { t } = useTranslation('planning');
  const from = value?.from ?? 'none';
  const choose = (next: 'none' | 'registry' | 'typed'): void => onChange?.(next === 'none' ? null : next === 'registry' ? { from: 'registry', period: lastYear } : { from: 'typed', value: '', source: '' });
  const choices = (['none', ...(hasMetric ? ['registry' as const] : []), 'typed'] as const).map((each) => ({ value: each, label: t(`goals.baselines.${each}`) }));
  return (
    <Flex vertical gap="small">
      <SegmentedControl label={t('goals.baseline')} value={from} options={choices} onChange={choose} />
      {value?.from === 'registry' && <PeriodInput value={value.period} onChange={(period) => onChange?.({ from: 'registry', period: period ?? lastYear })} />}
      {value?.from === 'typed' && (
        <Flex gap="small">
          <FigureInput label={t('goals.value')} placeholder={t('goals.value')} isPercent={isPercent} value={value.value || null} onChange={(next) => onChange?.({ ...value, value: next ?? '' })} />
          <Input aria-label={t('goals.source')} placeholder={t('goals.source')} maxLength={300} value={value.source} onChange={({ target }) => onChange?.({ ...value, source: target.value })} />
        </Flex>
      )}
    </Flex>
  );
}
