import { useTranslation } from 'react-i18next';
import { Section, Stack, Table, Typography, useFormat } from '../../../../web/kit.ts';
import { lifeYears } from '../../contract.ts';
import { PeopleButton } from '../preference/people-button.tsx';
import type { LifetimePart } from './part.ts';

/** Everybody by what they will bring, the most valuable tenth first. */
export function TenthsSection({ result: { tenths, total, currency }, onPeople }: LifetimePart) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const money = (value: number): string => format.money(Math.round(value), currency).replace(/\.00$/, '');
  return (
    <Section title={t('lifetime.tenth.title')}>
      <Stack>
        <Typography.Text type="secondary">{t('lifetime.tenth.hint')}</Typography.Text>
        <Table
          size="small" rowKey="tenth" dataSource={tenths} pagination={false} scroll={{ x: 860 }}
          columns={[
            { title: t('lifetime.tenth.column'), dataIndex: 'tenth' },
            { title: t('lifetime.tenth.people'), align: 'right', render: (_, { tenth, people }) => <PeopleButton people={people} onOpen={() => onPeople({ tenths: [tenth] })} /> },
            { title: t('lifetime.tenth.range'), align: 'right', render: (_, { from, to }) => `${money(from)} – ${money(to)}` },
            { title: t('lifetime.tenth.value'), align: 'right', render: (_, { value365 }) => format.compactMoney(value365, currency) },
            { title: t('lifetime.tenth.share'), align: 'right', render: (_, { value365 }) => format.percent(total.value365 === 0 ? 0 : value365 / total.value365) },
            { title: t('lifetime.tenth.ever', { years: lifeYears }), align: 'right', render: (_, { valueEver }) => format.compactMoney(valueEver, currency) },
            { title: t('lifetime.tenth.spent'), align: 'right', render: (_, { spent }) => format.compactMoney(spent, currency) },
            { title: t('lifetime.tenth.alive'), align: 'right', render: (_, { alive }) => format.percent(alive, 0) },
          ]}
        />
      </Stack>
    </Section>
  );
}
