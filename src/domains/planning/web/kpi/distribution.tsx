import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, Section, Table, useFormat } from '../../../../web/kit.ts';
import type { CardHead } from '../../contract.ts';

/** Bands of scores as people are told them. */
const bands = [0, 60, 70, 80, 90, 100] as const;
const bandOf = (total: number): number => bands.findLastIndex((from) => total >= from);

/** How scores are spread in each team. */
export function Distribution({ cards }: { cards: readonly Pick<CardHead, 'team' | 'total'>[] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const teams = useMemo(() => [...Map.groupBy(cards.filter(({ total }) => total !== null), ({ team }) => team)].map(([team, own]) => {
    const totals = own.map(({ total }) => Number(total)).sort((a, b) => a - b);
    const middle = totals.length % 2 ? totals[(totals.length - 1) / 2] : (totals[totals.length / 2 - 1] + totals[totals.length / 2]) / 2;
    return { team: team || '–', count: totals.length, mean: totals.reduce((sum, total) => sum + total, 0) / totals.length, median: middle, low: totals[0], high: totals.at(-1)!, shares: bands.map((_, band) => totals.filter((total) => bandOf(total) === band).length / totals.length) };
  }), [cards]);
  const labels = bands.map((from, at) => (at === 0 ? t('kpi.bandBelow', { until: bands[1] }) : at === bands.length - 1 ? t('kpi.bandAbove', { from }) : t('kpi.band', { from, until: bands[at + 1] })));
  const option = {
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true }, legend: { show: true }, tooltip: { trigger: 'axis' as const, confine: true, valueFormatter: (value: unknown) => format.percent(Number(value), 0) },
    xAxis: { type: 'value' as const, max: 1, axisLabel: { formatter: (value: number) => format.percent(value, 0) } }, yAxis: { type: 'category' as const, inverse: true, data: teams.map(({ team }) => team) },
    series: labels.map((name, band) => ({ name, type: 'bar' as const, stack: 'all', barMaxWidth: 28, data: teams.map(({ shares }) => shares[band]) })),
  };
  const table = { columns: [t('kpi.team'), ...labels], rows: teams.map(({ team, shares }) => [team, ...shares.map((share) => format.percent(share, 0))]) };
  return (
    <>
      <Section><Chart title={t('kpi.distribution')} option={option} table={table} heightPx={Math.max(200, 60 + teams.length * 44)} /></Section>
      <Table
        rowKey="team" size="small" pagination={false} dataSource={teams} scroll={{ x: 'max-content' }}
        columns={[
          { key: 'team', title: t('kpi.team'), render: (_, { team }) => team },
          { key: 'count', title: t('kpi.cards'), align: 'end', render: (_, { count }) => format.number(count) },
          ...(['mean', 'median', 'low', 'high'] as const).map((name) => ({ key: name, title: t(`kpi.${name}Of`), align: 'end' as const, render: (_: unknown, team: (typeof teams)[number]) => format.number(team[name], 2) })),
        ]}
      />
    </>
  );
}
