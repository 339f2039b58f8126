import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Table, Typography } from '../../../../web/kit.ts';
import { CheckOutlined } from '../../../../web/icons.tsx';
import type { readBenefitMatrix } from '../../contract.ts';
import { TierBadge } from '../members/tier-badge.tsx';

type Matrix = EndpointReply<typeof readBenefitMatrix>;
type Row = Matrix['benefits'][number];

/** Which tier has which benefit; the one that is edited stands out. */
export function BenefitMatrix({ tiers, benefits, edited }: Matrix & { edited?: number }) {
  const { t } = useTranslation('membership');
  return (
    <Table<Row>
      rowKey="benefitId"
      size="small"
      dataSource={benefits}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { key: 'name', title: t('benefits.column.name'), fixed: 'left', render: (_, { benefitId, name }) => <Typography.Text strong={benefitId === edited}>{name}</Typography.Text> },
        ...tiers.map((tier) => ({
          key: tier.key, title: <TierBadge tier={tier} />, align: 'center' as const,
          render: (_: unknown, row: Row) => (row.tiers.includes(tier.key) ? <CheckOutlined aria-label={t('benefits.matrix.has')} /> : <span aria-label={t('benefits.matrix.hasNot')}>–</span>),
        })),
      ]}
    />
  );
}
