import { useTranslation } from 'react-i18next';
import { Button, Dropdown, InlineControls, InlineDetail, InlineWord } from '../../../../web/kit.ts';
import { CloseOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { type LineFilter, lineNumberFields, lineTextFields } from '../../contract.ts';
import { ComparisonInput } from './comparison-input.tsx';
import { ValueSelect } from './value-select.tsx';
import { WordSelect } from './word-select.tsx';

interface LineFiltersProps {
  where: LineFilter[];
  onChange: (where: LineFilter[]) => void;
}

const newFilter = (field: string): LineFilter => {
  const number = lineNumberFields.find((name) => name === field);
  if (number) return { field: number, test: 'compare', compare: { is: 'at_least', value: '' } };
  return { field: lineTextFields.find((name) => name === field) ?? 'product', test: 'any_of', values: [] };
};

/** Restricts by one field more. */
export function AddLineFilter({ where, onChange }: LineFiltersProps) {
  const { t } = useTranslation('audiences');
  const items = [...lineTextFields, ...lineNumberFields].map((key) => ({ key, label: t(`web.line.${key}`) }));
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => onChange([...where, newFilter(key)]) }}>
      <Button type="link" size="small" icon={<PlusOutlined />}>{t(where.length === 0 ? 'web.filter.addLine' : 'web.filter.more')}</Button>
    </Dropdown>
  );
}

/** Which order lines are meant: of which products, categories, channels, at which price. */
export function LineFilters({ where, onChange }: LineFiltersProps) {
  const { t } = useTranslation('audiences');
  return (
    <InlineDetail>
      {where.map((filter, index) => (
        <InlineControls key={index}>
          <InlineWord>{t(index === 0 ? 'web.filter.first' : 'web.filter.next')}</InlineWord>
          <OneFilter filter={filter} onChange={(next) => onChange(where.with(index, next))} />
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('web.filter.remove')} onClick={() => onChange(where.toSpliced(index, 1))} />
        </InlineControls>
      ))}
      <div><AddLineFilter where={where} onChange={onChange} /></div>
    </InlineDetail>
  );
}

function OneFilter({ filter, onChange }: { filter: LineFilter; onChange: (filter: LineFilter) => void }) {
  const { t } = useTranslation('audiences');
  const name = t(`web.line.${filter.field}`);
  if (filter.test === 'compare') {
    return (
      <>
        <InlineWord>{name}</InlineWord>
        <ComparisonInput label={name} compare={filter.compare} onChange={(compare) => onChange({ ...filter, compare })} />
      </>
    );
  }
  return (
    <>
      <InlineWord>{name}</InlineWord>
      <WordSelect
        label={t('web.filter.test', { of: name })}
        value={filter.test}
        options={(['any_of', 'none_of'] as const).map((value) => ({ value, label: t(`web.test.${value}`) }))}
        onChange={(test) => onChange({ ...filter, test })}
      />
      <ValueSelect label={name} of={`line:${filter.field}`} values={filter.values} onChange={(values) => onChange({ ...filter, values })} />
    </>
  );
}
