import { useTranslation } from 'react-i18next';
import { Table, useFormat } from '../../../../web/kit.ts';
import type { ShownPoints } from '../../contract.ts';

type Lot = ShownPoints['lots'][number];

/** What is left of each earning, in the order it is spent. */
export function LotTable({ lots }: { lots: Lot[] }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const word = (key: string): string => t(`points.lot.${key}`);
  return (
    <Table<Lot>
      rowKey="lotNo"
      size="small"
      dataSource={lots}
      pagination={lots.length > 10 ? { pageSize: 10 } : false}
      scroll={{ x: 'max-content' }}
      columns={[
        { key: 'expiresAt', title: word('expiresAt'), render: (_, { expiresAt }) => (expiresAt === null ? word('never') : format.dateTime(expiresAt)) },
        { key: 'remaining', title: word('remaining'), align: 'end', render: (_, { remaining }) => format.number(remaining) },
        { key: 'amount', title: word('amount'), align: 'end', render: (_, { amount }) => format.number(amount) },
        { key: 'earnedAt', title: word('earnedAt'), render: (_, { earnedAt }) => format.dateTime(earnedAt) },
        { key: 'availableAt', title: word('availableAt'), render: (_, { availableAt, earnedAt }) => (availableAt === earnedAt ? '' : format.dateTime(availableAt)) },
      ]}
    />
  );
}
