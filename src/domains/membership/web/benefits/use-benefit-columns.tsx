import { useTranslation } from 'react-i18next';
import { type Column, Flex, Remark, type RowOf, Space, Tag, useFormat } from '../../../../web/kit.ts';
import type { listBenefits } from '../../contract.ts';
import { TierBadge } from '../members/tier-badge.tsx';

type Row = RowOf<typeof listBenefits>;

export const stateColors: Record<Row['state'], string> = { planned: 'processing', running: 'success', ended: 'default', stopped: 'warning' };

/** The columns of the list of benefits. */
export function useBenefitColumns(): Column<Row>[] {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const title = (key: string): string => t(`benefits.column.${key}`);
  return [
    { key: 'name', title: title('name'), sortable: true, render: (row) => <Flex vertical><span>{row.name}</span><Remark>{row.sentence}</Remark></Flex> },
    { key: 'kind', title: title('kind'), render: (row) => t(`benefits.kind.${row.kind}`) },
    { key: 'tiers', title: title('tiers'), render: (row) => <Space wrap size={[12, 0]}>{row.tiers.map((tier) => <TierBadge key={tier.key} tier={tier} />)}</Space> },
    { key: 'state', title: title('state'), render: (row) => <Tag color={stateColors[row.state]}>{t(`benefits.state.${row.state}`)}</Tag> },
    { key: 'each', title: title('each'), numeric: true, optional: true, render: (row) => format.money(row.cost) },
    { key: 'granted', title: title('granted'), numeric: true, sortable: true, render: (row) => format.number(row.counts.granted) },
    { key: 'used', title: title('used'), numeric: true, sortable: true, render: (row) => format.number(row.counts.used) },
    { key: 'expired', title: title('expired'), numeric: true, optional: true, render: (row) => format.number(row.counts.expired) },
    { key: 'refused', title: title('refused'), numeric: true, optional: true, render: (row) => format.number(row.counts.refused) },
    { key: 'cost', title: title('cost'), numeric: true, sortable: true, render: (row) => format.money(row.counts.cost) },
    { key: 'left', title: title('left'), numeric: true, optional: true, render: (row) => (row.left === null ? t('benefits.unlimited') : format.number(row.left)) },
  ];
}
