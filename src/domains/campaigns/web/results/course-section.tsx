import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ComputedAt, Loaded, Section, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { readCampaignCourse } from '../../contract.ts';
import { IntervalChart } from './interval-chart.tsx';

type Day = EndpointReply<typeof readCampaignCourse>['days'][number];

/** What a person spent more until each day, with the interval that may be looked at every day. */
export function CourseSection({ campaignNo }: { campaignNo: number }) {
  const course = useEndpoint(readCampaignCourse, { params: { campaignNo } }, { freshForMs: 60_000 });
  return <Loaded from={course}>{({ days, computedAt }) => (days.length < 2 ? null : <Course days={days} computedAt={computedAt} />)}</Loaded>;
}

function Course({ days, computedAt }: { days: Day[]; computedAt: string }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const points = useMemo(() => days.map(({ day, ...interval }) => ({ label: format.date(day), ...interval })), [days, format]);
  const [write, brief] = useMemo(() => [(value: number) => format.money(value.toFixed(2)), (value: number) => format.compactMoney(value)], [format]);
  return (
    <Section>
      <IntervalChart title={t('results.course.title')} summary={t('results.course.summary')} place={t('results.course.day')} points={points} write={write} brief={brief} />
      <Typography.Paragraph type="secondary" style={{ margin: 0 }}><small>{t('results.course.note')}</small></Typography.Paragraph>
      <ComputedAt at={computedAt} />
    </Section>
  );
}
