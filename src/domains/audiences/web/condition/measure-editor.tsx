import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord, useSession } from '../../../../web/kit.ts';
import { ComparisonInput } from '../inputs/comparison-input.tsx';
import { AddFactsFilter, FactsFilters, FactsInput } from '../inputs/facts-input.tsx';
import { PeriodInput } from '../inputs/period-input.tsx';
import { PropertySelect } from '../inputs/property-select.tsx';
import { WordSelect } from '../inputs/word-select.tsx';
import type { ConditionProps } from './condition-of.ts';
import { isMoney, isOfProperty, measuresOf, withFacts, withMeasure } from './measure-words.ts';

/** `Last 90 days · bought · orders ≥ 2`, and of which products. */
export function MeasureEditor({ condition, onChange }: ConditionProps<'measure'>) {
  const { t } = useTranslation('audiences');
  const { currency } = useSession().brand;
  const { facts, measure, property = '' } = condition;
  const unit = isMoney(measure) ? currency : t(`web.measureUnit.${measure}`);
  return (
    <>
      <InlineControls>
        <PeriodInput label={t('web.period.label')} period={condition.period} onChange={(period) => onChange({ ...condition, period })} />
        <FactsInput hasNet facts={facts} onChange={(next) => onChange(withFacts(condition, next))} />
        {isOfProperty(measure) && facts.fact === 'event' && (
          <PropertySelect event={facts.name} onlyNumbers={measure !== 'distinct'} property={property} onChange={(chosen) => onChange({ ...condition, property: chosen })} />
        )}
        <WordSelect
          label={t('web.measure.label')}
          value={measure}
          options={measuresOf(facts).map((value) => ({ value, label: t(`web.measure.${value}`) }))}
          onChange={(next) => onChange(withMeasure(condition, next))}
        />
        <ComparisonInput label={t(`web.measure.${measure}`)} compare={condition.compare} unit={unit} onChange={(compare) => onChange({ ...condition, compare })} />
        {facts.fact === 'order' && facts.of === 'refund' && isMoney(measure) && <InlineWord>{t('web.measure.refundPositive')}</InlineWord>}
        <AddFactsFilter facts={facts} onChange={(next) => onChange(withFacts(condition, next))} />
      </InlineControls>
      <FactsFilters facts={facts} onChange={(next) => onChange(withFacts(condition, next))} />
    </>
  );
}
