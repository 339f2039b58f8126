import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../../audiences/contract.ts';
import { Chart, type ChartOption, Columns, type Format, Section, Stack, Table, Typography, useFormat } from '../../../../web/kit.ts';
import type { PreferenceResult } from '../../contract.ts';
import { PeopleButton } from './people-button.tsx';
import { prefers } from './rules.ts';
import { useValueText } from './use-value-text.ts';

interface TiersProps {
  result: PreferenceResult;
  currency: string;
  onPeople: (rule: Rule) => void;
}

/** Purchasing power: how many people are of each tier, and what they are worth. */
export function TiersSection({ result: { tiers, power }, currency, onPeople }: TiersProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const text = useValueText();
  const rows = useMemo(() => tiers.filter(({ tier }) => tier > 0).toReversed().map((one) => ({ ...one, key: `tier${one.tier}`, name: text('tier', `tier${one.tier}`) })), [tiers, text]);
  const people = rows.reduce((sum, row) => sum + row.people, 0);
  const value = rows.reduce((sum, row) => sum + Number(row.value), 0);
  const withoutPrice = tiers.find(({ tier }) => tier === 0)?.people ?? 0;
  const option = useMemo(() => sharesOption(rows, people, value, format, { people: t('preference.tiers.peopleShare'), value: t('preference.tiers.valueShare') }), [rows, people, value, format, t]);
  const limitOf = (tier: number): string => {
    const [from, to] = [power.limits[tier - 2], power.limits[tier - 1]];
    const shown = (limit: number): string => format.percent(limit, 1);
    if (from === undefined) return t('preference.tiers.below', { to: shown(to) });
    return to === undefined ? t('preference.tiers.from', { from: shown(from) }) : t('preference.tiers.between', { from: shown(from), to: shown(to) });
  };
  const share = (part: number, whole: number): string => format.percent(whole === 0 ? 0 : part / whole, 1);
  const cells = { people: (row: (typeof rows)[number]) => share(row.people, people), value: (row: (typeof rows)[number]) => share(Number(row.value), value) };
  return (
    <Section title={t('preference.tiers.title')}>
      <Stack>
        <Typography.Text type="secondary">{t('preference.tiers.explained', { prior: format.number(power.priorItems, 1), days: power.halfLifeDays })}</Typography.Text>
        <Columns>
          <Chart title={t('preference.tiers.chart')} option={option} heightPx={260}
            table={{ columns: [t('preference.tiers.tier'), t('preference.tiers.peopleShare'), t('preference.tiers.valueShare')], rows: rows.map((row) => [row.name, cells.people(row), cells.value(row)]) }} />
          <Table
            size="small" rowKey="key" dataSource={rows} pagination={false} scroll={{ x: 460 }}
            columns={[
              { title: t('preference.tiers.tier'), dataIndex: 'name' },
              { title: t('preference.tiers.limit'), render: (_, { tier }) => limitOf(tier) },
              { title: t('preference.people'), align: 'right', render: (_, row) => <PeopleButton people={row.people} onOpen={() => onPeople(prefers('tier', row.key))} /> },
              { title: t('preference.tiers.value'), align: 'right', render: (_, row) => format.compactMoney(row.value, currency) },
            ]}
          />
        </Columns>
        {withoutPrice > 0 && <Typography.Text type="secondary">{t('preference.tiers.withoutPrice', { count: withoutPrice, shown: format.number(withoutPrice) })}</Typography.Text>}
      </Stack>
    </Section>
  );
}

interface TierRow { name: string; people: number; value: string }

function sharesOption(rows: readonly TierRow[], people: number, value: number, format: Format, names: { people: string; value: string }): ChartOption {
  const bars = (name: string, of: (row: TierRow) => number, whole: number): object => ({
    name, type: 'bar', barMaxWidth: 14, data: rows.map((row) => (whole === 0 ? 0 : of(row) / whole)), itemStyle: { borderRadius: [0, 3, 3, 0] },
    label: { show: true, position: 'right', formatter: ({ value: share }: { value: number }) => format.percent(share) },
  });
  return {
    grid: { left: 8, right: 48, top: 32, bottom: 4, containLabel: true },
    legend: { show: true },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, confine: true, valueFormatter: (share: number) => format.percent(share) },
    xAxis: { type: 'value', show: false },
    yAxis: { type: 'category', inverse: true, data: rows.map(({ name }) => name), axisLine: { show: false } },
    series: [bars(names.people, (row) => row.people, people), bars(names.value, (row) => Number(row.value), value)],
  };
}
