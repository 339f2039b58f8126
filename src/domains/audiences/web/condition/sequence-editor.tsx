import { useTranslation } from 'react-i18next';
import { Button, InlineControls, InlineWord } from '../../../../web/kit.ts';
import { CloseOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { AddFactsFilter, FactsFilters, FactsInput } from '../inputs/facts-input.tsx';
import { CountInput, PeriodInput } from '../inputs/period-input.tsx';
import { WordSelect } from '../inputs/word-select.tsx';
import type { ConditionOf, ConditionProps } from './condition-of.ts';

type Step = ConditionOf<'sequence'>['then'][number];

const mostSteps = 4;
const units = ['minute', 'hour', 'day'] as const;

/** `First viewed, then within 3 days did not buy`. */
export function SequenceEditor({ condition, onChange }: ConditionProps<'sequence'>) {
  const { t } = useTranslation('audiences');
  const { first, then, ends } = condition;
  const setStep = (index: number, step: Step): void => onChange({ ...condition, then: then.with(index, step) });
  return (
    <>
      <InlineControls>
        <PeriodInput label={t('web.sequence.period')} period={condition.period} onChange={(period) => onChange({ ...condition, period })} />
        <InlineWord>{t('web.sequence.first')}</InlineWord>
        <FactsInput facts={first} onChange={(facts) => onChange({ ...condition, first: facts })} />
        <AddFactsFilter facts={first} onChange={(facts) => onChange({ ...condition, first: facts })} />
      </InlineControls>
      <FactsFilters facts={first} onChange={(facts) => onChange({ ...condition, first: facts })} />
      {then.map((step, index) => (
        <div key={index}>
          <InlineControls>
            <InlineWord>{t('web.sequence.then')}</InlineWord>
            <CountInput label={t('web.sequence.within')} value={step.within.amount} least={1} most={10_000} onChange={(amount) => setStep(index, { ...step, within: { ...step.within, amount } })} />
            <WordSelect
              label={t('web.period.unit')}
              value={step.within.unit}
              options={units.map((value) => ({ value, label: t(`web.unitName.${value}`) }))}
              onChange={(unit) => setStep(index, { ...step, within: { ...step.within, unit } })}
            />
            {index < then.length - 1 ? (
              <InlineWord>{t('web.sequence.did')}</InlineWord>
            ) : (
              <WordSelect
                label={t('web.sequence.ends')}
                value={ends}
                options={(['did', 'did_not'] as const).map((value) => ({ value, label: t(`web.sequence.${value}`) }))}
                onChange={(next) => onChange({ ...condition, ends: next })}
              />
            )}
            <FactsInput facts={step.facts} onChange={(facts) => setStep(index, { ...step, facts })} />
            <AddFactsFilter facts={step.facts} onChange={(facts) => setStep(index, { ...step, facts })} />
            {then.length > 1 && (
              <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('web.sequence.remove')} onClick={() => onChange({ ...condition, then: then.toSpliced(index, 1) })} />
            )}
          </InlineControls>
          <FactsFilters facts={step.facts} onChange={(facts) => setStep(index, { ...step, facts })} />
        </div>
      ))}
      {then.length < mostSteps && (
        <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => onChange({ ...condition, then: [...then, { facts: { fact: 'order', of: 'sale', where: [] }, within: { amount: 3, unit: 'day' } }] })}>
          {t('web.sequence.add')}
        </Button>
      )}
    </>
  );
}
