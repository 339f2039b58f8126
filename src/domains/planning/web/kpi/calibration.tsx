import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Chart, Form, FormModal, Input, InputNumber, Link, Section, Stack, Table, useFormat } from '../../../../web/kit.ts';
import { type CardHead, listCards, readCard, shiftCard } from '../../contract.ts';
import { usePartText } from './use-part-text.ts';

/** Bands of scores as people are told them. */
const bands = [0, 60, 70, 80, 90, 100] as const;
const bandOf = (total: number): number => bands.findLastIndex((from) => total >= from);

/** How teams are scored beside each other; what a superior said is shifted for a reason. */
export function Calibration({ cards }: { cards: CardHead[] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = usePartText();
  const [shifting, setShifting] = useState<CardHead | null>(null);
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
    <Stack>
      <Section><Chart title={t('kpi.distribution')} option={option} table={table} heightPx={Math.max(200, 60 + teams.length * 44)} /></Section>
      <Table
        rowKey="team" size="small" pagination={false} dataSource={teams} scroll={{ x: 'max-content' }}
        columns={[
          { key: 'team', title: t('kpi.team'), render: (_, { team }) => team },
          { key: 'count', title: t('kpi.people'), align: 'end', render: (_, { count }) => format.number(count) },
          ...(['mean', 'median', 'low', 'high'] as const).map((name) => ({ key: name, title: t(`kpi.${name}Of`), align: 'end' as const, render: (_: unknown, team: (typeof teams)[number]) => format.number(team[name], 2) })),
        ]}
      />
      <Section title={t('kpi.shiftTitle')}>
        <Table
          rowKey="cardNo" size="small" pagination={cards.length > 20 ? { pageSize: 20 } : false} dataSource={cards} scroll={{ x: 'max-content' }}
          columns={[
            { key: 'person', title: t('kpi.person'), render: (_, { cardNo, person }) => <Link to={`/plan/kpi/${cardNo}`}>{person.name}</Link> },
            { key: 'team', title: t('kpi.team'), render: (_, { team }) => team || '–' },
            { key: 'total', title: t('kpi.total'), align: 'end', sorter: (a, b) => Number(a.total ?? -1) - Number(b.total ?? -1), render: (_, { total }) => text.score(total) },
            { key: 'shift', title: '', render: (_, card) => <Button size="small" disabled={card.state !== 'open' || card.isOwn} onClick={() => setShifting(card)}>{t('kpi.shift')}</Button> },
          ]}
        />
      </Section>
      {shifting && (
        <FormModal<typeof shiftCard, { points: string; reason: string }>
          open endpoint={shiftCard} title={t('kpi.shiftOf', { name: shifting.person.name })} submitLabel={t('kpi.shift')} initial={{ points: '0', reason: '' }} invalidates={[listCards, readCard]} onCancel={() => setShifting(null)} onDone={() => setShifting(null)}
          request={({ points, reason }) => ({ params: { cardNo: shifting.cardNo }, body: { points: String(points), reason } })}
        >
          <Form.Item name="points" label={t('kpi.points')} extra={t('kpi.pointsHint')}><InputNumber<string> stringMode min="-50" max="50" step="0.5" style={{ width: '100%' }} /></Form.Item>
          <Form.Item name="reason" label={t('kpi.reason')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 2 }} /></Form.Item>
        </FormModal>
      )}
    </Stack>
  );
}
