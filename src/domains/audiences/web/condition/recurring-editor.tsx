import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord } from '../../../../web/kit.ts';
import { AddFactsFilter, FactsFilters, FactsInput } from '../inputs/facts-input.tsx';
import { CountInput } from '../inputs/period-input.tsx';
import { WordSelect } from '../inputs/word-select.tsx';
import type { ConditionProps } from './condition-of.ts';

const most = 400;

/** `In at least 4 of the last 8 weeks: bought`. */
export function RecurringEditor({ condition, onChange }: ConditionProps<'recurring'>) {
  const { t } = useTranslation('audiences');
  const { facts, every, times, of } = condition;
  return (
    <>
      <InlineControls>
        <InlineWord>{t('web.recurring.last')}</InlineWord>
        <CountInput label={t('web.recurring.of')} value={of} least={1} most={most} onChange={(next) => onChange({ ...condition, of: next, times: Math.min(times, next) })} />
        <WordSelect
          label={t('web.period.unit')}
          value={every}
          options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`web.recurring.${value}`) }))}
          onChange={(next) => onChange({ ...condition, every: next })}
        />
        <InlineWord>{t('web.recurring.atLeast')}</InlineWord>
        <CountInput label={t('web.recurring.times')} value={times} least={1} most={of} onChange={(next) => onChange({ ...condition, times: next })} />
        <InlineWord>{t(`web.recurring.each_${every}`)}</InlineWord>
        <FactsInput facts={facts} onChange={(next) => onChange({ ...condition, facts: next })} />
        <AddFactsFilter facts={facts} onChange={(next) => onChange({ ...condition, facts: next })} />
      </InlineControls>
      <FactsFilters facts={facts} onChange={(next) => onChange({ ...condition, facts: next })} />
    </>
  );
}
