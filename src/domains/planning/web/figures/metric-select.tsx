import { useTranslation } from 'react-i18next';
import { Select, Space, useEndpoint, useMay } from '../../../../web/kit.ts';
import { readChoices } from '../../../insights/contract.ts';
import { type FigureAsked, listPlanMetrics } from '../../contract.ts';

export interface MetricSelectProps {
  value?: FigureAsked | null;
  onChange?: (value: FigureAsked | null) => void;
  id?: string;
  disabled?: boolean;
  /** Metrics in all, without a dimension. */
  isWhole?: boolean;
}

/** Chooses a live metric, in all or where a dimension has a value. As a field of a form it takes and gives `FigureAsked`. */
export function MetricSelect({ value = null, onChange, id, disabled, isWhole = false }: MetricSelectProps) {
  const { t } = useTranslation('planning');
  const mayNarrow = useMay('insights.read') && !isWhole;
  const { data } = useEndpoint(listPlanMetrics, {}, { freshForMs: 300_000 });
  const dimension = value?.filter?.dimension ?? '';
  const { data: choices } = useEndpoint(readChoices, { query: { dimension } }, { enabled: dimension !== '' && mayNarrow });
  const chosen = data?.metrics.find(({ name }) => name === value?.metric);
  const subjects = Object.entries(Object.groupBy(data?.metrics ?? [], ({ subject }) => subject));
  const fitting = data?.dimensions.filter(({ name }) => chosen?.dimensions.includes(name)) ?? [];
  const found = choices?.choices ?? [];
  const values = value?.filter && !found.some((each) => each.value === value.filter?.value) && value.filter.value !== '' ? [{ value: value.filter.value, label: value.filter.value }, ...found] : found;
  return (
    <Space orientation="vertical" style={{ width: '100%' }}>
      <Select
        id={id} disabled={disabled} allowClear loading={!data} placeholder={t('figures.choose')} aria-label={t('figures.metric')} style={{ width: '100%' }}
        value={value?.metric} showSearch={{ optionFilterProp: 'label' }} onChange={(metric?: string) => onChange?.(metric ? { metric, filter: null } : null)}
        options={subjects.map(([subject, metrics = []]) => ({ label: t(`insights:subjects.${subject}`), options: metrics.map(({ name, label, definition }) => ({ value: name, label, title: definition })) }))}
      />
      {value && mayNarrow && fitting.length > 0 && (
        <Space wrap>
          <Select
            aria-label={t('figures.of')} disabled={disabled} popupMatchSelectWidth={false} value={dimension} options={[{ value: '', label: t('figures.inAll') }, ...fitting.map(({ name, label }) => ({ value: name, label }))]}
            onChange={(next) => onChange?.({ metric: value.metric, filter: next ? { dimension: next, value: '' } : null })}
          />
          {value.filter && (
            <Select
              aria-label={t('figures.value')} disabled={disabled} style={{ minWidth: 160 }} placeholder={t('figures.chooseValue')} showSearch={{ optionFilterProp: 'label' }} value={value.filter.value || undefined} options={values}
              onChange={(next) => onChange?.({ metric: value.metric, filter: { dimension, value: next } })}
            />
          )}
        </Space>
      )}
    </Space>
  );
}
