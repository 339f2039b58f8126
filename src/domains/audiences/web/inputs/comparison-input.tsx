import { useTranslation } from 'react-i18next';
import { InlineWord, InputNumber } from '../../../../web/kit.ts';
import type { Comparison } from '../../contract.ts';
import { WordSelect } from './word-select.tsx';

const comparisons = ['at_least', 'at_most', 'more_than', 'less_than', 'equals', 'not_equals', 'between'] as const;

interface ComparisonInputProps {
  label: string;
  compare: Comparison;
  unit?: string;
  onChange: (compare: Comparison) => void;
}

/** `≥ 2`, `between 100 and 300`: exact numbers, as they are typed. */
export function ComparisonInput({ label, compare, unit, onChange }: ComparisonInputProps) {
  const { t } = useTranslation('audiences');
  const first = compare.is === 'between' ? compare.from : compare.value;
  const change = (is: Comparison['is']): void => onChange(is === 'between' ? { is, from: first, to: compare.is === 'between' ? compare.to : '' } : { is, value: first });
  return (
    <>
      <WordSelect label={t('web.compare.label', { of: label })} value={compare.is} options={comparisons.map((value) => ({ value, label: t(`web.compare.${value}`) }))} onChange={change} />
      <ExactInput label={label} value={first} onChange={(value) => onChange(compare.is === 'between' ? { ...compare, from: value } : { ...compare, value })} />
      {compare.is === 'between' && (
        <>
          <InlineWord>{t('web.compare.and')}</InlineWord>
          <ExactInput label={label} value={compare.to} onChange={(to) => onChange({ ...compare, to })} />
        </>
      )}
      {unit && <InlineWord>{unit}</InlineWord>}
    </>
  );
}

/** A number as text, so that no digit is lost. */
export function ExactInput({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <InputNumber<string>
      stringMode
      controls={false}
      variant="filled"
      aria-label={label}
      value={value === '' ? null : value}
      status={value === '' ? 'warning' : ''}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}
