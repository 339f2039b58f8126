import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Columns, Section, Table, TrendChart, useFormat } from '../../../../web/kit.ts';
import { PeopleButton } from '../preference/people-button.tsx';
import type { LifetimePart } from './part.ts';

/** How many people are expected to bring how much. */
export function SpreadSection({ result: { spread, total, currency }, onPeople }: LifetimePart) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const bins = useMemo(() => spread.map(({ from, people }, i) => {
    const to = i + 1 < spread.length ? spread[i + 1].from : null;
    const shown = (value: number): string => format.compactMoney(value, currency);
    return { from, to, people, label: to === null ? t('lifetime.spread.from', { from: shown(from) }) : t('lifetime.spread.range', { from: shown(from), to: shown(to) }) };
  }), [spread, format, currency, t]);
  const series = useMemo(() => [{ name: t('lifetime.spread.people'), values: bins.map(({ people }) => people), kind: 'bar' as const }], [bins, t]);
  return (
    <Section title={t('lifetime.spread.title')}>
      <Columns>
        <TrendChart title={t('lifetime.spread.hint')} heading={t('lifetime.tenth.range')} categories={bins.map(({ label }) => label)} series={series} />
        <Table
          size="small" rowKey="label" dataSource={bins} pagination={false} scroll={{ x: 320, y: 300 }}
          columns={[
            { title: t('lifetime.tenth.range'), dataIndex: 'label' },
            { title: t('lifetime.spread.people'), align: 'right', render: (_, { people, from, to }) => <PeopleButton people={people} onOpen={() => onPeople({ value365: { from, to } })} /> },
            { title: t('lifetime.tenth.share'), align: 'right', render: (_, { people }) => format.percent(total.people === 0 ? 0 : people / total.people) },
          ]}
        />
      </Columns>
    </Section>
  );
}
