import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord, Input, useSession } from '../../../../web/kit.ts';
import type { FieldTest } from '../../contract.ts';
import { ComparisonInput } from '../inputs/comparison-input.tsx';
import { CountInput, PeriodInput } from '../inputs/period-input.tsx';
import { useFieldList } from '../inputs/use-field-list.ts';
import { ValueSelect } from '../inputs/value-select.tsx';
import { WordSelect } from '../inputs/word-select.tsx';
import type { ConditionProps } from './condition-of.ts';
import { newTest, testsOf } from './field-test.ts';

/** `Province is Zhejiang or Jiangsu`, `birthday in 0 to 7 days`. */
export function FieldEditor({ condition, onChange }: ConditionProps<'field'>) {
  const { t } = useTranslation('audiences');
  const { currency } = useSession().brand;
  const { data } = useFieldList();
  const { field, test } = condition;
  const known = data?.fields.find(({ name }) => name === field);
  const label = known?.label ?? field.replace(/^attribute\./, '');
  const set = (next: FieldTest): void => onChange({ ...condition, test: next });
  const tests = testsOf[known?.type ?? 'text'];
  const shown = tests.includes(test.test) ? tests : [test.test, ...tests];
  return (
    <InlineControls>
      <InlineWord isStrong>{label}</InlineWord>
      <WordSelect
        label={t('web.filter.test', { of: label })}
        value={test.test}
        options={shown.map((value) => ({ value, label: t(`web.test.${value}`) }))}
        onChange={(next) => set(newTest(next, test))}
      />
      {'values' in test && <ValueSelect label={label} of={`field:${field}`} isSuggested={known?.hasChoices ?? true} values={test.values} onChange={(values) => set({ ...test, values })} />}
      {'value' in test && <Input variant="filled" aria-label={label} maxLength={200} value={test.value} status={test.value === '' ? 'warning' : ''} onChange={({ target }) => set({ ...test, value: target.value })} />}
      {test.test === 'compare' && <ComparisonInput label={label} compare={test.compare} unit={unitOf(known?.unit, currency, t('web.unitName.day'))} onChange={(compare) => set({ ...test, compare })} />}
      {test.test === 'within' && <PeriodInput label={label} period={test.period} hasFuture onChange={(period) => set({ ...test, period })} />}
      {test.test === 'anniversary' && (
        <>
          <InlineWord>{t('web.anniversary.from')}</InlineWord>
          <CountInput label={t('web.anniversary.fromLabel')} value={test.from} least={-180} most={180} onChange={(from) => set({ ...test, from, to: Math.max(from, test.to) })} />
          <InlineWord>{t('web.anniversary.to')}</InlineWord>
          <CountInput label={t('web.anniversary.toLabel')} value={test.to} least={-180} most={180} onChange={(to) => set({ ...test, to, from: Math.min(to, test.from) })} />
          <InlineWord>{t('web.anniversary.after')}</InlineWord>
        </>
      )}
    </InlineControls>
  );
}

const unitOf = (unit: 'money' | 'number' | 'days' | null | undefined, currency: string, days: string): string | undefined => {
  if (unit === 'money') return currency;
  return unit === 'days' ? days : undefined;
};
