import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, FormModal, Input, InputNumber, Link, Section, Stack, Table, useFormat } from '../../../../web/kit.ts';
import { type CardHead, listCards, readCard, shiftCard } from '../../contract.ts';
import { Distribution } from './distribution.tsx';
import { usePartText } from './use-part-text.ts';

/** How teams are scored beside each other; what a superior said is shifted for a reason. */
export function Calibration({ cards }: { cards: CardHead[] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = usePartText();
  const [shifting, setShifting] = useState<CardHead | null>(null);
  return (
    <Stack>
      <Distribution cards={cards} />
      <Section title={t('kpi.shiftTitle')}>
        <Table
          rowKey="cardNo" size="small" pagination={cards.length > 20 ? { pageSize: 20 } : false} dataSource={cards} scroll={{ x: 'max-content' }}
          columns={[
            { key: 'person', title: t('kpi.person'), render: (_, { cardNo, person }) => <Link to={`/plan/kpi/${cardNo}`}>{person.name}</Link> },
            { key: 'team', title: t('kpi.team'), render: (_, { team }) => team || '–' },
            { key: 'total', title: t('kpi.total'), align: 'end', sorter: (a, b) => Number(a.total ?? -1) - Number(b.total ?? -1), render: (_, { total, isPending }) => (isPending ? t('kpi.counting') : text.score(total)) },
            { key: 'points', title: t('kpi.points'), align: 'end', render: (_, { points }) => (points === null ? '–' : format.number(points, 2)) },
            { key: 'shift', title: '', render: (_, card) => <Button size="small" disabled={card.state !== 'open' || card.isOwn} onClick={() => setShifting(card)}>{t('kpi.shift')}</Button> },
          ]}
        />
      </Section>
      {shifting && (
        <FormModal<typeof shiftCard, { points: string; reason: string }>
          open endpoint={shiftCard} title={t('kpi.shiftOf', { name: shifting.person.name })} submitLabel={t('kpi.shift')} initial={{ points: shifting.points ?? '0', reason: '' }} invalidates={[listCards, readCard]} onCancel={() => setShifting(null)} onDone={() => setShifting(null)}
          request={({ points, reason }) => ({ params: { cardNo: shifting.cardNo }, body: { points: String(points), reason } })}
        >
          <Form.Item name="points" label={t('kpi.points')} rules={[{ required: true, message: t('projects.needed') }, { pattern: /^-?\d{1,2}(\.\d{1,2})?$/, message: t('kpi.pointsWrong') }]} extra={t('kpi.pointsHint')}><InputNumber<string> stringMode step="0.5" style={{ width: '100%' }} /></Form.Item>
          <Form.Item name="reason" label={t('kpi.reason')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 2 }} /></Form.Item>
        </FormModal>
      )}
    </Stack>
  );
}
