import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, CardBoard, EmptyState, Flex, Link, Loaded, PageHeader, Section, Select, Stack, Typography, useAction, useEndpoint, useMay, usePathParam } from '../../../../web/kit.ts';
import { CloseOutlined, SettingOutlined, SwapOutlined } from '../../../../web/icons.tsx';
import { changeDashboard, type DashboardBody, listReports, readDashboard } from '../../contract.ts';
import { AnswerPanel } from '../ask/answer-panel.tsx';
import { KeptSettings, SharedTag } from '../reports/kept-settings.tsx';

/** Saved questions side by side, each answered by itself. */
export default function DashboardPage() {
  const id = usePathParam('id');
  const dashboard = useEndpoint(readDashboard, { params: { id } });
  return <Loaded from={dashboard}>{(reply) => <Board key={reply.id} board={reply} />}</Loaded>;
}

type Card = DashboardBody['cards'][number];

function Board({ board }: { board: EndpointReply<typeof readDashboard> }) {
  const { t } = useTranslation('insights');
  const [settings, setSettings] = useState(false);
  const mayChange = useMay('insights.edit') && board.mayChange;
  const change = useAction(changeDashboard, { invalidates: [readDashboard] });
  const { cards } = board.body;
  const arrange = (next: Card[]): void => change.mutate({ params: { id: board.id }, body: { version: board.version, body: { cards: next } } });
  const byReport = new Map(cards.map((card) => [String(card.reportId), card]));
  const put = (card: Card, handle: ReactNode) => (
    <BoardCard
      card={card}
      report={board.reports.find(({ id }) => id === card.reportId)}
      handle={handle}
      {...(mayChange ? { onSize: () => arrange(cards.map((each) => (each === card ? { ...each, size: each.size === 'half' ? 'full' : 'half' } : each))), onRemove: () => arrange(cards.filter((each) => each !== card)) } : {})}
    />
  );
  return (
    <Stack>
      <PageHeader
        title={board.name}
        breadcrumbs={[{ label: t('navigation.dashboards'), to: '/insights/dashboards' }]}
        subtitle={<SharedTag sharing={board.sharing} />}
        actions={mayChange && (
          <>
            <Button icon={<SettingOutlined />} onClick={() => setSettings(true)}>{t('kept.settings')}</Button>
            <AddCard used={cards.map(({ reportId }) => reportId)} busy={change.isPending} onAdd={(reportId) => arrange([...cards, { reportId, size: 'half' }])} />
          </>
        )}
      />
      {cards.length === 0 && <EmptyState title={t('dashboards.empty')} hint={t('dashboards.emptyHint')} action={<Link to="/insights/explore">{t('navigation.explore')}</Link>} />}
      <CardBoard
        cards={cards.map((card) => ({ key: String(card.reportId), isWide: card.size === 'full', render: (handle) => put(card, handle) }))}
        {...(mayChange ? { onOrder: (keys: string[]) => arrange(keys.flatMap((key) => byReport.get(key) ?? [])) } : {})}
      />
      <KeptSettings kind="dashboard" kept={board} open={settings} onClose={() => setSettings(false)} />
    </Stack>
  );
}

interface BoardCardProps {
  card: Card;
  report: EndpointReply<typeof readDashboard>['reports'][number] | undefined;
  handle: ReactNode;
  onSize?: () => void;
  onRemove?: () => void;
}

function BoardCard({ card, report, handle, onSize, onRemove }: BoardCardProps) {
  const { t } = useTranslation('insights');
  return (
    <Section
      title={report ? <Link to={`/insights/reports/${report.id}`}>{report.name}</Link> : t('dashboards.gone')}
      extra={onRemove && (
        <Flex gap={4}>
          {handle}
          <Button type="text" size="small" icon={<SwapOutlined />} aria-label={t(card.size === 'half' ? 'dashboards.wider' : 'dashboards.narrower')} title={t(card.size === 'half' ? 'dashboards.wider' : 'dashboards.narrower')} onClick={onSize} />
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('dashboards.remove')} title={t('dashboards.remove')} onClick={onRemove} />
        </Flex>
      )}
    >
      {report ? <AnswerPanel question={report.body.question} view={report.body.view} title={report.name} isCard /> : <Typography.Text type="secondary">{t('dashboards.goneHint')}</Typography.Text>}
    </Section>
  );
}

function AddCard({ used, busy, onAdd }: { used: number[]; busy: boolean; onAdd: (reportId: number) => void }) {
  const { t } = useTranslation('insights');
  const [typed, setTyped] = useState('');
  const { data } = useEndpoint(listReports, { query: { pageSize: 50, ...(typed ? { q: typed } : {}) } });
  return (
    <Select
      aria-label={t('dashboards.add')}
      placeholder={t('dashboards.add')}
      style={{ minWidth: 200 }}
      loading={busy}
      value={null}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      options={data?.rows.filter(({ id }) => !used.includes(id)).map(({ id, name }) => ({ value: id, label: name })) ?? []}
      onChange={(id) => id !== null && onAdd(id)}
    />
  );
}
