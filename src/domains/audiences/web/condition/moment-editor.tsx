import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord } from '../../../../web/kit.ts';
import { AddFactsFilter, FactsFilters, FactsInput } from '../inputs/facts-input.tsx';
import { PeriodInput } from '../inputs/period-input.tsx';
import { WordSelect } from '../inputs/word-select.tsx';
import type { ConditionProps } from './condition-of.ts';

/** `The first order happened in the last 30 days`. */
export function MomentEditor({ condition, onChange }: ConditionProps<'moment'>) {
  const { t } = useTranslation('audiences');
  const { facts } = condition;
  return (
    <>
      <InlineControls>
        <PeriodInput label={t('web.moment.of')} period={condition.period} onChange={(period) => onChange({ ...condition, period })} />
        <WordSelect
          label={t('web.moment.which')}
          value={condition.which}
          options={(['first', 'last'] as const).map((value) => ({ value, label: t(`web.moment.${value}`) }))}
          onChange={(which) => onChange({ ...condition, which })}
        />
        <FactsInput facts={facts} onChange={(next) => onChange({ ...condition, facts: next })} />
        <InlineWord>{t('web.moment.in')}</InlineWord>
        <PeriodInput label={t('web.moment.when')} period={condition.when} onChange={(when) => onChange({ ...condition, when })} />
        <AddFactsFilter facts={facts} onChange={(next) => onChange({ ...condition, facts: next })} />
      </InlineControls>
      <FactsFilters facts={facts} onChange={(next) => onChange({ ...condition, facts: next })} />
    </>
  );
}
