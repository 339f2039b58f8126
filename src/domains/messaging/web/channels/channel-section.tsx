import { useTranslation } from 'react-i18next';
import { Button, Flex, Grid, Section, Table, type TableProps, Typography, useAction, useFormat, useNavigateTo, Link } from '../../../../web/kit.ts';
import { ArrowUpOutlined } from '../../../../web/icons.tsx';
import { type ChannelKind, listChannels, orderChannels, type ShownAccount } from '../../contract.ts';
import { Condition } from './condition.tsx';

interface ChannelSectionProps {
  channel: ChannelKind;
  accounts: ShownAccount[];
  mayKeep: boolean;
}

/** The accounts of a channel: the first is asked first, the next stands in for it. */
export function ChannelSection({ channel, accounts, mayKeep }: ChannelSectionProps) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const navigate = useNavigateTo();
  const order = useAction(orderChannels, { invalidates: [listChannels] });
  const raise = (place: number): void => {
    const accountNos = accounts.map(({ accountNo }) => accountNo);
    [accountNos[place - 1], accountNos[place]] = [accountNos[place], accountNos[place - 1]];
    order.mutate({ body: { channel, accountNos } });
  };
  // The same places in all sections, where there is room.
  const isWide = Grid.useBreakpoint().lg === true;
  const wide = (width: number) => (isWide ? { width } : {});
  const columns: TableProps<ShownAccount>['columns'] = [
    {
      key: 'name', title: t('channels.column.name'),
      render: (_, row, place) => (
        <Flex vertical>
          {mayKeep ? <Link to={`/programs/channels/${row.accountNo}`}>{row.name}</Link> : row.name}
          <Typography.Text type="secondary">{t(`channels.provider.${row.provider}`)}{accounts.length > 1 && ` · ${place === 0 ? t('channels.first') : t('channels.standIn')}`}</Typography.Text>
        </Flex>
      ),
    },
    { key: 'condition', ...wide(200), title: t('channels.column.condition'), render: (_, row) => <Condition account={row} /> },
    {
      key: 'rate', ...wide(160), title: t('channels.column.rate'), responsive: ['md'],
      render: (_, row) => (row.perSecondNow < row.perSecond ? t('channels.slowedTo', { now: format.number(row.perSecondNow), set: format.number(row.perSecond) }) : t('channels.perSecondShown', { count: row.perSecond, shown: format.number(row.perSecond) })),
    },
    { key: 'quota', ...wide(110), title: t('channels.column.today'), align: 'right', responsive: ['md'], render: (_, row) => (row.perDay === null ? format.number(row.sentToday) : `${format.number(row.sentToday)} / ${format.number(row.perDay)}`) },
    { key: 'lastDay', ...wide(260), title: t('channels.column.lastDay'), responsive: ['lg'], render: (_, row) => <LastDay account={row} /> },
    {
      key: 'actions', ...wide(110), title: '', align: 'right',
      render: (_, row, place) => mayKeep && (
        <Flex justify="end">
          {place > 0 && <Button type="text" icon={<ArrowUpOutlined />} aria-label={t('channels.raise', { name: row.name })} loading={order.isPending} onClick={() => raise(place)} />}
          <Button type="link" onClick={() => navigate(`/programs/channels/${row.accountNo}`)}>{t('channels.open')}</Button>
        </Flex>
      ),
    },
  ];
  return (
    <Section title={t(`channel.${channel}`)}>
      <Table<ShownAccount> rowKey="accountNo" size="small" pagination={false} columns={columns} dataSource={accounts} />
    </Section>
  );
}

function LastDay({ account: { lastDay } }: { account: ShownAccount }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const parts = (['taken', 'refused', 'later', 'unknown'] as const).filter((outcome) => lastDay[outcome] > 0);
  if (parts.length === 0) return <Typography.Text type="secondary">{t('channels.nothing')}</Typography.Text>;
  return <span>{parts.map((outcome) => `${t(`channels.outcome.${outcome}`)} ${format.number(lastDay[outcome])}`).join(' · ')}</span>;
}
