import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Flex, Section, SegmentedControl, Select, TrendChart, useFormat, useSearchState } from '../../../../web/kit.ts';
import { type Figures, type MetricName, metricNames, metricTraits, type readOverview, timeDimensions, type TimeDimension } from '../../contract.ts';
import { drawn } from './use-figure-text.ts';

const trendState = z.object({ metric: z.enum(metricNames).default('sales') });

/** The period before may have a week less: there is nothing to draw then, which is not zero. */
const drawnAt = (metric: MetricName, bucket: { figures: Figures } | undefined): number | null => (bucket ? drawn(metric, bucket.figures) : null);

/** One metric over time against the period before; which one, and by what time, is chosen above it. */
export function ReportTrend({ overview, by, onBy }: { overview: EndpointReply<typeof readOverview>; by: TimeDimension; onBy: (by: TimeDimension) => void }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const [{ metric }, change] = useSearchState(trendState);
  const { series, seriesBefore } = overview;
  const categories = useMemo(() => series.map(({ start }) => (by === 'month' ? start.slice(0, 7) : format.date(start))), [series, by, format]);
  const lines = useMemo(
    () => [
      { name: t('series.now'), values: series.map(({ figures }) => drawn(metric, figures)), kind: 'area' as const },
      { name: t('series.before'), values: series.map((_bucket, at) => drawnAt(metric, seriesBefore[at])), kind: 'line' as const, muted: true },
    ],
    [series, seriesBefore, metric, t],
  );
  const controls = (
    <Flex gap="small" wrap>
      <Select
        aria-label={t('period.measure')}
        value={metric}
        popupMatchSelectWidth={false}
        options={metricNames.map((name) => ({ value: name, label: t(`metric.${name}.label`) }))}
        onChange={(name) => change({ metric: name })}
      />
      <SegmentedControl
        label={t('period.by')}
        value={by}
        options={timeDimensions.map((name) => ({ value: name, label: t(`dimension.${name}.label`) }))}
        onChange={onBy}
      />
    </Flex>
  );
  return (
    <Section>
      <TrendChart
        title={t(`metric.${metric}.label`)}
        heading={t(`dimension.${by}.label`)}
        categories={categories}
        series={lines}
        unit={metricTraits[metric].unit === 'money' ? 'money' : 'number'}
        summary={t('period.against', { from: format.date(overview.before.from), to: format.date(overview.before.to) })}
        extra={controls}
      />
    </Section>
  );
}
