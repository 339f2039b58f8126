import { useTranslation } from 'react-i18next';
import { DateRangePicker, Flex, SegmentedControl, Select, Switch, Tooltip, Typography, useMay } from '../../../../web/kit.ts';
import { cohortKinds, cohortUnits } from '../../contract.ts';
import { FieldFilterBar } from '../overview/field-filter-bar.tsx';
import type { CohortQuestion } from './use-cohort-question.ts';

const lengths = { month: [7, 13, 25, 37], week: [5, 13, 27, 53] } as const;

/** Who is put together, by when they began, which orders count, and for how long they are looked at. */
export function CohortControls({ question: { asked, filters, changeFilter, change } }: { question: CohortQuestion }) {
  const { t } = useTranslation('insights');
  const mayFilter = useMay('commerce.read');
  const { cohort, unit, from, to, periods, priced } = asked;
  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap align="center">
        <Select
          aria-label={t('cohorts.by')}
          value={cohort}
          popupMatchSelectWidth={false}
          options={cohortKinds.map((value) => ({ value, label: t(`cohorts.kind.${value}`) }))}
          onChange={(value) => change({ cohort: value })}
        />
        <SegmentedControl
          label={t('cohorts.unit.label')}
          value={unit}
          options={cohortUnits.map((value) => ({ value, label: t(`cohorts.unit.${value}`) }))}
          onChange={(value) => change({ unit: value, from: undefined, to: undefined, periods: undefined })}
        />
        <DateRangePicker label={t('cohorts.began')} value={{ from, to }} onChange={(range) => change(range ?? { from: undefined, to: undefined })} />
        <Select
          aria-label={t('cohorts.periods')}
          value={periods}
          popupMatchSelectWidth={false}
          options={lengths[unit].map((value) => ({ value, label: t(`cohorts.periodsOf_${unit}`, { count: value - 1 }) }))}
          onChange={(value) => change({ periods: value })}
        />
        <Tooltip title={t('cohorts.pricedHint')}>
          <Flex gap={6} align="center">
            <Switch size="small" checked={priced === '1'} aria-label={t('cohorts.priced')} onChange={(checked) => change({ priced: checked ? '1' : '0' })} />
            <Typography.Text>{t('cohorts.priced')}</Typography.Text>
          </Flex>
        </Tooltip>
      </Flex>
      {mayFilter && <FieldFilterBar filters={filters} onChange={changeFilter} />}
    </Flex>
  );
}
