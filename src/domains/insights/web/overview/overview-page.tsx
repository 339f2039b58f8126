import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { ErrorState, PageHeader, PageSkeleton, Stack, Tabs, useEndpoint, useMay, useSearchState } from '../../../../web/kit.ts';
import { type CellOf, dimensionNames, type DimensionName, type MetricName, readOverview } from '../../contract.ts';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import { MetricTiles } from '../report/metric-tiles.tsx';
import { NoOrders, NoOrdersInPeriod } from '../report/no-data.tsx';
import { OtherCurrency } from '../report/other-currency.tsx';
import { PeriodBar } from '../report/period-bar.tsx';
import { ReportTrend } from '../report/report-trend.tsx';
import { usePeriod } from '../report/use-period.ts';
import { WhatHappened } from '../report/what-happened.tsx';
import { BreakdownTable } from './breakdown-table.tsx';
import { FieldFilterBar } from './field-filter-bar.tsx';
import { peopleOfReport } from './people-of-report.ts';
import { useFieldFilters } from './use-field-filters.ts';

const tiles: MetricName[] = [
  'sales', 'refunds', 'netSales', 'orders', 'averageOrder', 'buyers', 'newBuyers', 'returningBuyers', 'units', 'linesWithoutCustomer',
];

const tableState = z.object({ dimension: z.enum(dimensionNames).default('channel') });

/** Every metric of a period, narrowed by fields, over time and by one dimension after the other. */
export default function OverviewPage() {
  const { t } = useTranslation('insights');
  const { period, by, choosePeriod, chooseBy } = usePeriod();
  const [filters, changeFilter] = useFieldFilters();
  const [{ dimension }, change] = useSearchState(tableState);
  const mayFilter = useMay('commerce.read');
  const query = { ...period, ...filters, by };
  const overview = useEndpoint(readOverview, { query });
  const { data: reply, error } = overview;
  const isEmpty = reply?.data === null;
  const isQuiet = reply !== undefined && reply.totals.orders === 0 && reply.totals.refunds === '0';
  const [people, setPeople] = useState<CellOf | null>(null);
  return (
    <Stack>
      <PageHeader title={t('overview.title')} />
      {!isEmpty && <PeriodBar period={period} onPeriod={choosePeriod} overview={reply} query={query} onFresh={() => void overview.refetch()} />}
      {mayFilter && !isEmpty && <FieldFilterBar filters={filters} onChange={changeFilter} />}
      {error && !reply && <ErrorState error={error} onRetry={() => void overview.refetch()} />}
      {!reply && !error && <PageSkeleton />}
      {isEmpty && <NoOrders />}
      {reply?.data && isQuiet && <NoOrdersInPeriod lastAt={reply.data.lastAt} onPeriod={choosePeriod} />}
      {reply?.data && !isQuiet && (
        <>
          <OtherCurrency totals={reply.totals} />
          <MetricTiles metrics={tiles} totals={reply.totals} before={reply.totalsBefore} onPeople={(metric) => setPeople(peopleOfReport(metric, period, filters))} />
          <WhatHappened query={{ ...period, ...filters }} />
          <ReportTrend overview={reply} by={by} onBy={chooseBy} />
          <Tabs
            activeKey={dimension}
            onChange={(key) => change({ dimension: key as DimensionName })}
            items={dimensionNames.map((name) => ({ key: name, label: t(`dimension.${name}.label`) }))}
          />
          <BreakdownTable
            dimension={dimension}
            query={{ ...period, ...filters }}
            onPeople={(metric, key) => setPeople(peopleOfReport(metric, period, filters, [{ dimension, key }]))}
          />
          <PeopleDrawer of={people} onClose={() => setPeople(null)} />
        </>
      )}
    </Stack>
  );
}
