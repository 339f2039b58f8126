import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Chart, Table, type TableProps, Typography, useFormat } from '../../../../web/kit.ts';
import type { FunnelStep, readFunnel } from '../../contract.ts';
import { useStepName } from './use-step-name.ts';

type Step = EndpointReply<typeof readFunnel>['steps'][number];

interface FunnelStepsProps {
  steps: Step[];
  asked: readonly FunnelStep[];
  onPeople: (step: number, part: 'reached' | 'left') => void;
  onNext: (step: number) => void;
}

const share = (part: number, of: number): number | null => (of === 0 ? null : part / of);
const barPx = 56;

/** How many people reached each step, and a row for each with where they left. */
export function FunnelSteps({ steps, asked, onPeople, onNext }: FunnelStepsProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const nameOf = useStepName();
  const names = asked.map((step, place) => `${place + 1} ${nameOf(step)}`);
  const [{ reached: first }] = steps;
  const option = useMemo(() => ({
    grid: { left: 8, right: 88, top: 0, bottom: 0, containLabel: true },
    xAxis: { type: 'value', show: false, max: Math.max(1, first) },
    yAxis: { type: 'category', inverse: true, data: names, axisLine: { show: false }, axisLabel: { width: 140, overflow: 'truncate' } },
    series: [{
      type: 'bar', data: steps.map(({ reached }) => reached), barMaxWidth: 34, showBackground: true, itemStyle: { borderRadius: 4 }, backgroundStyle: { borderRadius: 4, opacity: 0.35 },
      label: { show: true, position: 'right', formatter: ({ dataIndex }: { dataIndex: number }) => `${format.number(steps[dataIndex].reached)}  ${format.percent(share(steps[dataIndex].reached, first))}` },
    }],
  }), [steps, names, first, format]);
  const link = (text: string, open: () => void, people: number) => (people === 0 ? text : <Button type="link" size="small" onClick={open}>{text}</Button>);
  const columns: TableProps<Step & { place: number }>['columns'] = [
    { key: 'step', title: t('funnel.column.step'), render: (_, { place }) => names[place] },
    { key: 'reached', title: t('funnel.column.reached'), align: 'right', render: (_, { place, reached }) => link(format.number(reached), () => onPeople(place, 'reached'), reached) },
    { key: 'before', title: t('funnel.column.fromBefore'), align: 'right', render: (_, { place, reached }) => (place === 0 ? '' : format.percent(share(reached, steps[place - 1].reached))) },
    { key: 'first', title: t('funnel.column.fromFirst'), align: 'right', render: (_, { reached }) => format.percent(share(reached, first)) },
    {
      key: 'since', title: t('funnel.column.since'), align: 'right',
      render: (_, { since }) => since && (
        <>
          {format.duration(since.median)}
          <br />
          <Typography.Text type="secondary">{t('funnel.quartiles', { lower: format.duration(since.lower), upper: format.duration(since.upper) })}</Typography.Text>
        </>
      ),
    },
    {
      key: 'left', title: t('funnel.column.left'), align: 'right',
      render: (_, { place, stopped, open }) => place < steps.length - 1 && (
        <>
          {link(format.number(stopped), () => onPeople(place, 'left'), stopped)}
          {open > 0 && <Typography.Text type="secondary">{t('funnel.open', { count: open, shown: format.number(open) })}</Typography.Text>}
        </>
      ),
    },
    { key: 'next', title: '', align: 'right', render: (_, { place, stopped }) => place < steps.length - 1 && stopped > 0 && <Button size="small" onClick={() => onNext(place)}>{t('funnel.next.show')}</Button> },
  ];
  return (
    <>
      <Chart
        title={t('funnel.steps')}
        option={option}
        heightPx={barPx * steps.length}
        table={{ columns: [t('funnel.column.step'), t('funnel.column.reached'), t('funnel.column.fromFirst')], rows: steps.map(({ reached }, place) => [names[place], format.number(reached), format.percent(share(reached, first))]) }}
      />
      <Table rowKey="place" size="small" pagination={false} scroll={{ x: 'max-content' }} columns={columns} dataSource={steps.map((step, place) => ({ ...step, place }))} />
    </>
  );
}
