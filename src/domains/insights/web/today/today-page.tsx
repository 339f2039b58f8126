import { useTranslation } from 'react-i18next';
import { Columns, ErrorState, PageHeader, PageSkeleton, Stack, useEndpoint } from '../../../../web/kit.ts';
import { type FieldDimension, type MetricName, readOverview } from '../../contract.ts';
import { MetricTiles } from '../report/metric-tiles.tsx';
import { NoOrders, NoOrdersInPeriod } from '../report/no-data.tsx';
import { OtherCurrency } from '../report/other-currency.tsx';
import { PeriodBar } from '../report/period-bar.tsx';
import { ReportTrend } from '../report/report-trend.tsx';
import { usePeriod } from '../report/use-period.ts';
import { AttentionList } from './attention-list.tsx';
import { DayNews } from './day-news.tsx';
import { TopList } from './top-list.tsx';

const tiles: MetricName[] = ['sales', 'netSales', 'orders', 'averageOrder', 'buyers', 'newBuyers', 'returningBuyers', 'refunds'];

const lists: { dimension: FieldDimension; title: string }[] = [
  { dimension: 'product', title: 'today.topProducts' },
  { dimension: 'category', title: 'today.topCategories' },
  { dimension: 'channel', title: 'today.byChannel' },
  { dimension: 'region', title: 'today.byRegion' },
];

/** The first page of the day: what moved, what waits for me, what went wrong. */
export default function TodayPage() {
  const { t } = useTranslation('insights');
  const { period, by, choosePeriod, chooseBy } = usePeriod();
  const query = { ...period, by };
  const overview = useEndpoint(readOverview, { query });
  const { data: reply, error } = overview;
  const isEmpty = reply?.data === null;
  const isQuiet = reply !== undefined && reply.totals.orders === 0 && reply.totals.refunds === '0';
  return (
    <Stack>
      <PageHeader title={t('today.title')} />
      {error && !reply && <ErrorState error={error} onRetry={() => void overview.refetch()} />}
      {!reply && !error && <PageSkeleton />}
      {isEmpty && <NoOrders />}
      {isEmpty && <AttentionList />}
      {reply?.data && (
        <>
          <Columns>
            <DayNews />
            <AttentionList />
          </Columns>
          <PeriodBar period={period} onPeriod={choosePeriod} overview={reply} query={query} onFresh={() => void overview.refetch()} />
          <OtherCurrency totals={reply.totals} />
          <MetricTiles metrics={tiles} totals={reply.totals} before={reply.totalsBefore} />
          {isQuiet ? (
            <NoOrdersInPeriod lastAt={reply.data.lastAt} onPeriod={choosePeriod} />
          ) : (
            <>
              <ReportTrend overview={reply} by={by} onBy={chooseBy} />
              <Columns>
                {lists.map(({ dimension, title }) => (
                  <TopList key={dimension} dimension={dimension} title={t(title)} period={period} />
                ))}
              </Columns>
            </>
          )}
        </>
      )}
    </Stack>
  );
}
