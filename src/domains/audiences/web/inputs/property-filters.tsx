import { useTranslation } from 'react-i18next';
import { Button, InlineControls, InlineDetail, InlineWord, Input } from '../../../../web/kit.ts';
import { CloseOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import type { PropertyFilter } from '../../contract.ts';
import { ComparisonInput } from './comparison-input.tsx';
import { PropertySelect } from './property-select.tsx';
import { ValueSelect } from './value-select.tsx';
import { WordSelect } from './word-select.tsx';

const tests = ['any_of', 'none_of', 'compare', 'contains', 'starts_with', 'known', 'unknown'] as const;
type Test = (typeof tests)[number];

/** The same property under another test. */
function withTest(filter: PropertyFilter, test: Test): PropertyFilter {
  const { property } = filter;
  if (test === 'any_of' || test === 'none_of') return { property, test, values: 'values' in filter ? filter.values : [] };
  if (test === 'contains' || test === 'starts_with') return { property, test, value: 'value' in filter ? filter.value : '' };
  if (test === 'compare') return { property, test, compare: { is: 'at_least', value: '' } };
  return { property, test };
}

interface PropertyFiltersProps {
  where: PropertyFilter[];
  onChange: (where: PropertyFilter[]) => void;
}

/** Restricts by one property more. */
export function AddPropertyFilter({ where, onChange }: PropertyFiltersProps) {
  const { t } = useTranslation('audiences');
  return (
    <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => onChange([...where, { property: '', test: 'any_of', values: [] }])}>
      {t(where.length === 0 ? 'web.filter.addProperty' : 'web.filter.more')}
    </Button>
  );
}

/** Which events are meant, by their properties. */
export function PropertyFilters({ event, where, onChange }: PropertyFiltersProps & { event: string }) {
  const { t } = useTranslation('audiences');
  return (
    <InlineDetail>
      {where.map((filter, index) => (
        <InlineControls key={index}>
          <InlineWord>{t(index === 0 ? 'web.filter.first' : 'web.filter.next')}</InlineWord>
          <OneFilter event={event} filter={filter} onChange={(next) => onChange(where.with(index, next))} />
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('web.filter.remove')} onClick={() => onChange(where.toSpliced(index, 1))} />
        </InlineControls>
      ))}
      <div><AddPropertyFilter where={where} onChange={onChange} /></div>
    </InlineDetail>
  );
}

function OneFilter({ event, filter, onChange }: { event: string; filter: PropertyFilter; onChange: (filter: PropertyFilter) => void }) {
  const { t } = useTranslation('audiences');
  const { property } = filter;
  return (
    <>
      <PropertySelect event={event} property={property} onChange={(chosen, isNumber) => onChange(withTest({ ...filter, property: chosen }, isNumber ? 'compare' : filter.test))} />
      <WordSelect
        label={t('web.filter.test', { of: property })}
        value={filter.test}
        options={tests.map((value) => ({ value, label: t(`web.test.${value}`) }))}
        onChange={(test) => onChange(withTest(filter, test))}
      />
      {'values' in filter && <ValueSelect label={property} of={`event:${event}:${property}`} isSuggested={property !== ''} values={filter.values} onChange={(values) => onChange({ ...filter, values })} />}
      {'value' in filter && <Input variant="filled" aria-label={property} maxLength={200} value={filter.value} status={filter.value === '' ? 'warning' : ''} onChange={({ target }) => onChange({ ...filter, value: target.value })} />}
      {filter.test === 'compare' && <ComparisonInput label={property} compare={filter.compare} onChange={(compare) => onChange({ ...filter, compare })} />}
    </>
  );
}
