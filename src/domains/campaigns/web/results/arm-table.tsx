import { useTranslation } from 'react-i18next';
import { Alert, Section, Stack, Table, Tag, Typography, useFormat } from '../../../../web/kit.ts';
import type { ArmFigures, Campaign, CampaignResult } from '../../contract.ts';
import { useBetween } from './use-between.ts';

/** What each group did, exactly. */
export function ArmTable({ result: { arms, currency } }: { result: CampaignResult }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const nameOf = useArmName();
  const each = (part: number, people: number): string => (people === 0 ? '–' : format.percent(part / people, 2));
  return (
    <Section title={t('results.arms.title')}>
      <Table<ArmFigures>
        rowKey="key" size="small" pagination={false} dataSource={arms} scroll={{ x: 'max-content' }}
        columns={[
          { key: 'key', title: t('results.arms.arm'), render: (_, arm) => nameOf(arm) },
          { key: 'people', title: t('results.arms.people'), align: 'end', render: (_, { people }) => format.number(people) },
          { key: 'buyers', title: t('results.arms.buyers'), align: 'end', render: (_, { buyers }) => format.number(buyers) },
          { key: 'share', title: t('results.arms.share'), align: 'end', render: (_, { buyers, people }) => each(buyers, people) },
          { key: 'orders', title: t('results.arms.orders'), align: 'end', render: (_, { orders }) => format.number(orders) },
          { key: 'revenue', title: t('results.arms.revenue'), align: 'end', render: (_, { revenue }) => format.money(revenue, currency) },
          { key: 'each', title: t('results.arms.each'), align: 'end', render: (_, { revenue, people }) => (people === 0 ? '–' : format.money((Number(revenue) / people).toFixed(2), currency)) },
        ]}
      />
    </Section>
  );
}

function useArmName(): (arm: Pick<ArmFigures, 'key' | 'name' | 'isControl'>) => string {
  const { t } = useTranslation('campaigns');
  return ({ key, name, isControl }) => (isControl ? t('plans.effect.control') : name || t('plans.arm', { letter: key.toUpperCase() }));
}

/** Versions against those left out, and against each other. */
export function VersusTable({ result, campaign }: { result: CampaignResult; campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const nameOf = useArmName();
  const { cents, points, chance, signedCents, signedPoints } = useBetween(result.currency);
  const named = (key: string): string => nameOf(result.arms.find((arm) => arm.key === key) ?? { key, name: '', isControl: false });
  type Row = CampaignResult['versusControl'][number];
  const columns = [
    { key: 'pair', title: t('results.versus.pair'), render: (_: unknown, { one, other }: Row) => t('results.versus.against', { one: named(one), other: named(other) }) },
    { key: 'metric', title: t('results.lift.metric'), render: (_: unknown, { metric }: Row) => t(`results.lift.of.${metric}`) },
    { key: 'difference', title: t('results.lift.more'), align: 'end' as const, render: (_: unknown, { metric, difference }: Row) => (metric === 'revenue' ? signedCents(difference) : signedPoints(difference)) },
    { key: 'between', title: t('results.lift.between'), align: 'end' as const, render: (_: unknown, row: Row) => (row.metric === 'revenue' ? cents(row) : points(row)) },
    { key: 'p', title: t('results.lift.p'), align: 'end' as const, render: (_: unknown, { p }: Row) => chance(p) },
  ];
  const rowKey = ({ one, other }: Row): string => `${one} ${other}`;
  return (
    <Section title={t('results.versus.title')}>
      <Stack>
        {campaign.definition.stopRule && <Alert type={result.winner ? 'success' : 'info'} showIcon title={result.winner ? t('results.versus.winner', { arm: named(result.winner) }) : t('results.versus.noWinner')} />}
        <Table<Row> rowKey={rowKey} size="small" pagination={false} dataSource={result.versusEachOther} columns={columns} scroll={{ x: 'max-content' }} />
        <Typography.Text type="secondary"><small>{t('results.versus.note')}</small></Typography.Text>
        {result.versusControl.length > 0 && <Table<Row> rowKey={rowKey} size="small" pagination={false} dataSource={result.versusControl} columns={[...columns.slice(0, 4), { key: 'tag', title: t('results.lift.verdict'), render: (_, { low, p }) => <Tag color={(p ?? 1) < 0.05 ? ((low ?? 0) > 0 ? 'success' : 'error') : 'default'}>{t(`results.verdict.${(p ?? 1) < 0.05 ? ((low ?? 0) > 0 ? 'more' : 'less') : 'unclear'}`)}</Tag> }]} scroll={{ x: 'max-content' }} />}
      </Stack>
    </Section>
  );
}
