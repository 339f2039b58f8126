import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, EmptyState, Flex, Link, Loaded, Popconfirm, Stack, Table, type TableProps, Tag, useAction, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { MailOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { listMailings, type Mailing, removeMailing } from '../../contract.ts';
import { MailingForm } from './mailing-form.tsx';
import { OccasionTag } from './occasion-tag.tsx';
import { useRhythmText } from '../../../insights/web/reporting/use-rhythm-text.ts';

/** What of the plan is written by itself, when it comes next, and how the last time went. */
export function MailingsTab({ planNo }: { planNo: number }) {
  const { t } = useTranslation('planning');
  const mayHandle = useMay('planning.approve');
  const [form, setForm] = useState<{ mailing: Mailing | null } | null>(null);
  const found = useEndpoint(listMailings, { params: { planNo } });
  const add = mayHandle && <Button type="primary" icon={<PlusOutlined />} onClick={() => setForm({ mailing: null })}>{t('reports.mailings.new')}</Button>;
  return (
    <Loaded from={found}>
      {({ mailings, isMailSetUp }) => (
        <Stack>
          {!isMailSetUp && mailings.length > 0 && <Alert type="warning" showIcon title={t('reports.noMail')} description={<Link to="/settings/mail">{t('reports.setUpMail')}</Link>} />}
          {mailings.length === 0 ? <EmptyState icon={<MailOutlined />} title={t('reports.mailings.none')} hint={t('reports.mailings.noneHint')} action={add} /> : <>{add && <Flex>{add}</Flex>}<MailingTable planNo={planNo} mailings={mailings} onEdit={(mailing) => setForm({ mailing })} /></>}
          <MailingForm key={form?.mailing?.mailingNo ?? 0} planNo={planNo} mailing={form?.mailing ?? null} open={form !== null} onClose={() => setForm(null)} />
        </Stack>
      )}
    </Loaded>
  );
}

function MailingTable({ planNo, mailings, onEdit }: { planNo: number; mailings: Mailing[]; onEdit: (mailing: Mailing) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const rhythmText = useRhythmText();
  const mayHandle = useMay('planning.approve');
  const remove = useAction(removeMailing, { invalidates: [listMailings], done: t('reports.mailings.removed') });
  const goesTo = ({ readers, robotNos }: Mailing): string => [readers.length > 0 ? t('reports.mailings.people', { count: readers.length }) : '', robotNos.length > 0 ? t('reports.mailings.groups', { count: robotNos.length }) : ''].filter((each) => each !== '').join(t('document.comma')) || t('reports.mailings.nobody');
  const columns: TableProps<Mailing>['columns'] = [
    { key: 'what', title: t('reports.mailings.what'), render: (_, { what, rhythm, projectName }) => (what.kind === 'director' ? t('reports.mailings.director') : `${t(`reports.unit.${rhythm.every}`)} · ${projectName ?? t('reports.wholePlan')}`) },
    { key: 'rhythm', title: t('reports.mailings.every'), render: (_, { rhythm }) => rhythmText(rhythm) },
    { key: 'sends', title: t('reports.mailings.sends'), render: (_, { what, keeper }) => (what.kind === 'report' && !what.isSent ? <>{t('reports.mailings.sendsOf.false')}{keeper && <div><small>{t('reports.mailings.keeper', { name: keeper })}</small></div>}</> : t('reports.mailings.sendsOf.true')) },
    { key: 'goesTo', title: t('reports.mailings.goesTo'), render: (_, mailing) => goesTo(mailing) },
    { key: 'next', title: t('reports.mailings.next'), render: (_, { nextAt }) => (nextAt === null ? <Tag>{t('reports.mailings.paused')}</Tag> : format.dateTime(nextAt)) },
    { key: 'last', title: t('reports.mailings.last'), render: (_, { last }) => (last ? <><OccasionTag occasion={last} /> {format.dateTime(last.dueAt)}</> : '–') },
    ...(mayHandle ? [{
      key: 'action', title: t('reports.mailings.action'), render: (_: unknown, mailing: Mailing) => (
        <Flex gap="small">
          <Button size="small" onClick={() => onEdit(mailing)}>{t('reports.edit')}</Button>
          <Popconfirm title={t('reports.mailings.removeAsk')} onConfirm={() => remove.mutate({ params: { planNo, mailingNo: mailing.mailingNo } })}><Button size="small" danger>{t('reports.mailings.remove')}</Button></Popconfirm>
        </Flex>
      ),
    }] : []),
  ];
  return <Table rowKey="mailingNo" columns={columns} dataSource={mailings} pagination={false} scroll={{ x: 'max-content' }} />;
}
