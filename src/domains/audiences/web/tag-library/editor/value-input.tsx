import { useTranslation } from 'react-i18next';
import { InlineControls, Select, Stack } from '../../../../../web/kit.ts';
import type { TieredValue } from '../../../contract.ts';
import { isOfProperty, measuresOf, withFacts, withMeasure } from '../../condition/measure-words.ts';
import { FactsFilters, FactsInput } from '../../inputs/facts-input.tsx';
import { PeriodInput } from '../../inputs/period-input.tsx';
import { PropertySelect } from '../../inputs/property-select.tsx';
import { useFieldList } from '../../inputs/use-field-list.ts';
import { WordSelect } from '../../inputs/word-select.tsx';

/** Stands for a measure among the names of fields. */
const measured = 'measure';
const anOrder = { fact: 'order', of: 'sale', where: [] } as const;

/** Which number people are parted by: a field, or a measure of what they did in a time. */
export function ValueInput({ of, hasMeasures, onChange }: { of: TieredValue; hasMeasures: boolean; onChange: (of: TieredValue) => void }) {
  const { t } = useTranslation('audiences');
  const { data } = useFieldList();
  const numbers = (data?.fields ?? []).filter(({ type }) => type === 'number').map(({ name, label }) => ({ value: name, label }));
  const options = hasMeasures ? [...numbers, { value: measured, label: t('tags.ofMeasure') }] : numbers;
  const choose = (name: string): void =>
    onChange(name === measured ? { kind: 'measure', facts: { ...anOrder, where: [] }, measure: 'amount', period: { from: { ago: 364, unit: 'day' } } } : { kind: 'field', field: name });
  return (
    <Stack>
      <Select showSearch={{ optionFilterProp: 'label' }} aria-label={t('tags.of')} value={of.kind === 'field' ? of.field : measured} options={options} popupMatchSelectWidth={false} onChange={choose} />
      {of.kind === 'measure' && <MeasureInput of={of} onChange={onChange} />}
    </Stack>
  );
}

function MeasureInput({ of, onChange }: { of: Extract<TieredValue, { kind: 'measure' }>; onChange: (of: TieredValue) => void }) {
  const { t } = useTranslation('audiences');
  // The words of a condition serve, whatever it would be compared with.
  const asCondition = { ...of, compare: { is: 'at_least' as const, value: '0' } };
  const change = ({ compare: _, ...rest }: typeof asCondition): void => onChange(rest);
  const changeFacts = (facts: typeof of.facts): void => change({ ...asCondition, ...withFacts(asCondition, facts) } as typeof asCondition);
  return (
    <>
      <InlineControls>
        <PeriodInput label={t('web.period.label')} period={of.period} onChange={(period) => onChange({ ...of, period })} />
        <FactsInput hasNet facts={of.facts} onChange={changeFacts} />
        {isOfProperty(of.measure) && of.facts.fact === 'event' && (
          <PropertySelect event={of.facts.name} onlyNumbers property={of.property ?? ''} onChange={(property) => onChange({ ...of, property })} />
        )}
        <WordSelect
          label={t('web.measure.label')}
          value={of.measure}
          options={measuresOf(of.facts).map((value) => ({ value, label: t(`web.measure.${value}`) }))}
          onChange={(measure) => change(withMeasure(asCondition, measure) as typeof asCondition)}
        />
      </InlineControls>
      <FactsFilters facts={of.facts} onChange={changeFacts} />
    </>
  );
}
