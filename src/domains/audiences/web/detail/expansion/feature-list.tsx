import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Section, Table, type TableProps, useFormat } from '../../../../../web/kit.ts';
import type { ShownExpansion } from '../../../contract.ts';

type Feature = NonNullable<ShownExpansion['result']>['features'][number];

/** What the model goes by, in words, the most telling first. */
export function FeatureList({ features }: { features: Feature[] }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const columns = useMemo<TableProps<Feature>['columns']>(() => [
    { title: t('expansion.web.feature'), dataIndex: 'sentence' },
    { title: t('expansion.web.effect'), align: 'right', width: 110, render: (_, { odds }) => t('expansion.web.odds', { odds: format.number(odds, odds < 10 ? 2 : 0) }) },
    { title: t('expansion.web.aloneTitle'), align: 'right', width: 110, render: (_, { alone }) => format.number(alone) },
  ], [format, t]);
  return (
    <Section title={t('expansion.web.features')}>
      <Table<Feature> rowKey="key" size="small" columns={columns} dataSource={features} pagination={false} scroll={{ x: 520 }} />
    </Section>
  );
}
