import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section, SegmentedControl, Stack, Table, TrendChart, useFormat } from '../../../../web/kit.ts';
import { type LifetimeGroup, lifeYears, type PeopleOfLifetime } from '../../contract.ts';
import { PeopleButton } from '../preference/people-button.tsx';
import type { LifetimePart } from './part.ts';

const kinds = ['cohort', 'channel'] as const;
type Kind = (typeof kinds)[number];

interface Row extends LifetimeGroup {
  key: string;
  name: string;
  of: Omit<PeopleOfLifetime, 'kind'>;
}

const pageSize = 12;

/** What people of a first month, or of a first channel, have brought and will bring, each of them on average. */
export function GroupsSection({ result: { cohorts, channels, currency }, onPeople }: LifetimePart) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const [kind, setKind] = useState<Kind>('cohort');
  const rows = useMemo((): Row[] => (kind === 'cohort'
    ? cohorts.map((group) => ({ ...group, key: group.month, name: group.month, of: { cohort: group.month } })).toReversed()
    : channels.map((group) => ({ ...group, key: group.channel, name: group.channel || t('lifetime.group.noChannel'), of: { channel: group.channel } }))), [kind, cohorts, channels, t]);
  const drawn = useMemo(() => (kind === 'cohort' ? rows.toReversed() : rows), [kind, rows]);
  const series = useMemo(() => [
    { name: t('lifetime.group.spentEach'), values: drawn.map(({ spent, people }) => spent / people), kind: 'bar' as const, stack: 'value' },
    { name: t('lifetime.group.valueEach'), values: drawn.map(({ value365, people }) => value365 / people), kind: 'bar' as const, stack: 'value' },
  ], [drawn, t]);
  const each = (value: number, people: number): string => format.compactMoney(value / people, currency);
  return (
    <Section title={t('lifetime.group.title')} extra={<SegmentedControl label={t('lifetime.group.title')} value={kind} options={kinds.map((value) => ({ value, label: t(`lifetime.group.${value}`) }))} onChange={setKind} />}>
      <Stack>
        <TrendChart title={t('lifetime.group.chart')} heading={t(`lifetime.group.${kind}`)} categories={drawn.map(({ name }) => name)} series={series} unit="money" />
        <Table
          size="small" rowKey="key" dataSource={rows} scroll={{ x: 760 }} pagination={rows.length > pageSize ? { pageSize, showSizeChanger: false } : false}
          columns={[
            { title: t(`lifetime.group.${kind}`), dataIndex: 'name', width: 120 },
            { title: t('lifetime.tenth.people'), align: 'right', sorter: (p, q) => p.people - q.people, render: (_, { people, of }) => <PeopleButton people={people} onOpen={() => onPeople(of)} /> },
            { title: t('lifetime.tenth.alive'), align: 'right', sorter: (p, q) => p.alive - q.alive, render: (_, { alive }) => format.percent(alive, 0) },
            { title: t('lifetime.group.ordersEach'), align: 'right', render: (_, { orders365, people }) => format.number(orders365 / people) },
            { title: t('lifetime.group.valueEach'), align: 'right', sorter: (p, q) => p.value365 / p.people - q.value365 / q.people, render: (_, { value365, people }) => each(value365, people) },
            { title: t('lifetime.group.everEach', { years: lifeYears }), align: 'right', render: (_, { valueEver, people }) => each(valueEver, people) },
            { title: t('lifetime.tenth.value'), align: 'right', sorter: (p, q) => p.value365 - q.value365, render: (_, { value365 }) => format.compactMoney(value365, currency) },
          ]}
        />
      </Stack>
    </Section>
  );
}
