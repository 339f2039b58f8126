import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption, ComputedAt, Loaded, Section, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { readCampaignCourse } from '../../contract.ts';

type Day = EndpointReply<typeof readCampaignCourse>['days'][number];

/** What a person spent more until each day, with the interval that may be looked at every day. */
export function CourseSection({ campaignNo }: { campaignNo: number }) {
  const course = useEndpoint(readCampaignCourse, { params: { campaignNo } }, { freshForMs: 60_000 });
  return <Loaded from={course}>{({ days, computedAt }) => (days.length < 2 ? null : <Course days={days} computedAt={computedAt} />)}</Loaded>;
}

function Course({ days, computedAt }: { days: Day[]; computedAt: string }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const names = useMemo(() => ({ difference: t('results.course.difference'), low: t('results.course.low'), band: t('results.course.band') }), [t]);
  const option = useMemo((): ChartOption => {
    const line = { type: 'line', showSymbol: false, lineStyle: { width: 0 }, stack: 'band', stackStrategy: 'all', silent: true };
    return {
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      legend: { show: true, data: [names.difference, names.band] },
      tooltip: { trigger: 'axis', confine: true, formatter: (points: { dataIndex: number }[]) => {
        const day = days[points[0]?.dataIndex ?? 0];
        return [format.date(day.day), `${names.difference} ${format.money(day.difference.toFixed(2))}`, day.low === null || day.high === null ? '' : `${format.money(day.low.toFixed(2))} – ${format.money(day.high.toFixed(2))}`].filter(Boolean).join('<br>');
      } },
      xAxis: { type: 'category', data: days.map(({ day }) => format.date(day)), boundaryGap: false },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.compactMoney(value) } },
      series: [
        { ...line, name: names.low, data: days.map(({ low }) => low) },
        { ...line, name: names.band, data: days.map(({ low, high }) => (low === null || high === null ? null : high - low)), areaStyle: { opacity: 0.18 } },
        { name: names.difference, type: 'line', showSymbol: false, lineStyle: { width: 2.5 }, data: days.map(({ difference }) => difference), markLine: { symbol: 'none', silent: true, label: { show: false }, data: [{ yAxis: 0 }] } },
      ],
    };
  }, [days, format, names]);
  const table = {
    columns: [t('results.course.day'), names.difference, names.low, t('results.course.high')],
    rows: days.map(({ day, difference, low, high }) => [format.date(day), format.money(difference.toFixed(2)), low === null ? '–' : format.money(low.toFixed(2)), high === null ? '–' : format.money(high.toFixed(2))]),
  };
  return (
    <Section>
      <Chart title={t('results.course.title')} summary={t('results.course.summary')} option={option} table={table} />
      <Typography.Paragraph type="secondary" style={{ margin: 0 }}><small>{t('results.course.note')}</small></Typography.Paragraph>
      <ComputedAt at={computedAt} />
    </Section>
  );
}
