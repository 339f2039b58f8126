import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf, Alert, Button, download, Dropdown, EmptyState, Flex, FormModal, Loaded, Popconfirm, Section, Spin, Stack, Tag, Typography, useAction, useEndpoint, useFormat, useMay, usePathParam } from '../../../../web/kit.ts';
import { DownloadOutlined, FileTextOutlined } from '../../../../web/icons.tsx';
import { exportPlanReport, type Plan, type PlanReport, readPlanReport, rewritePlanReport, sendPlanReport } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { CopyTable } from './copy-table.tsx';
import { EditReport } from './edit-report.tsx';
import { GoesToFields } from './goes-to-fields.tsx';
import { refreshOf } from './refresh-of.ts';
import { goesToDraft, type GoesToDraft, goesToOf } from './goes-to.ts';

const movingMs = 2_000;

/** One report: read, edited, sent. */
export default function ReportPage() {
  const { t } = useTranslation('planning');
  const reportNo = Number(usePathParam('reportNo'));
  const [title, setTitle] = useState('');
  return <PlanPage title={title || t('reports.one')} breadcrumbs={[{ label: t('reports.title'), to: '/plan/reports' }]}>{(plan) => <Read plan={plan} reportNo={reportNo} onTitle={setTitle} />}</PlanPage>;
}

function Read({ plan: { planNo }, reportNo, onTitle }: { plan: Plan; reportNo: number; onTitle: (title: string) => void }) {
  const report = useEndpoint(readPlanReport, { params: { planNo, reportNo } }, { refreshMs: (found) => (found?.last?.state === 'making' ? movingMs : refreshOf(found?.copies ?? [])) });
  const title = report.data?.title;
  useEffect(() => {
    if (title) onTitle(title);
  }, [title, onTitle]);
  return <Loaded from={report}>{(found) => <Report planNo={planNo} report={found} />}</Loaded>;
}

function Report({ planNo, report }: { planNo: number; report: PlanReport }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const [editing, setEditing] = useState<PlanReport | null>(null);
  const { reportNo, version, sections, last, writtenAt, editedAt, editedBy, copies } = report;
  const rewrite = useAction(rewritePlanReport, { invalidates: [readPlanReport], done: t('reports.writing') });
  if (editing) return <EditReport planNo={planNo} report={editing} onDone={() => setEditing(null)} />;
  const [domain, code] = (last?.problem ?? '').split('.');
  const again = mayEdit && last?.state !== 'making' && <Popconfirm title={t('reports.rewriteAsk')} onConfirm={() => rewrite.mutate({ params: { planNo, reportNo }, body: { version } })}><Button>{t('reports.rewrite')}</Button></Popconfirm>;
  return (
    <Stack>
      {last?.state === 'making' && <Flex gap="small" align="center"><Spin size="small" /><Typography.Text type="secondary">{t('reports.writing')}</Typography.Text></Flex>}
      {last?.state === 'failed' && <Alert type="error" showIcon title={t('reports.problemOf', { problem: t(`${domain}:problem.${code}`) })} />}
      <Flex gap="small" wrap className="no-print">
        {mayEdit && version > 0 && <><Send planNo={planNo} report={report} /><Button onClick={() => setEditing(report)}>{t('reports.edit')}</Button></>}
        {again}
        {version > 0 && <Export planNo={planNo} reportNo={reportNo} />}
      </Flex>
      {version > 0 && <Typography.Text type="secondary">{t(editedBy === null ? 'reports.byItself' : 'reports.editedBy', { at: format.dateTime(writtenAt), by: editedBy })}{editedAt && ` · ${format.dateTime(editedAt)}`} {last?.isLate && <Tag color="warning">{t('reports.lateTag')}</Tag>}</Typography.Text>}
      {version > 0 && sections.length === 0 && <EmptyState icon={<FileTextOutlined />} title={t('reports.empty')} hint={t('reports.emptyHint')} />}
      {sections.map(({ key, title, lines }, n) => <Section key={`${key} ${n}`} title={title}><ul style={{ margin: 0, paddingInlineStart: 20 }}>{lines.map((line, at) => <li key={at} style={{ marginBottom: 4, overflowWrap: 'anywhere' }}>{line}</li>)}</ul></Section>)}
      {copies.length > 0 && <Section title={t('reports.copies')}><CopyTable copies={copies} /></Section>}
    </Stack>
  );
}

function Send({ planNo, report: { reportNo, version, goesTo, sent } }: { planNo: number; report: PlanReport }) {
  const { t } = useTranslation('planning');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button type={sent === 0 ? 'primary' : 'default'} onClick={() => setOpen(true)}>{t('reports.send')}</Button>
      <FormModal<typeof sendPlanReport, GoesToDraft>
        open={isOpen} endpoint={sendPlanReport} title={t('reports.sendTitle')} submitLabel={t('reports.send')} initial={goesToDraft(goesTo ?? { readers: [], robotNos: [] })} invalidates={[readPlanReport]} done={t('reports.sending')}
        request={(draft) => ({ params: { planNo, reportNo }, body: { version, ...goesToOf(draft) } })} onDone={() => setOpen(false)} onCancel={() => setOpen(false)}
      >
        <GoesToFields planNo={planNo} isNeeded />
      </FormModal>
    </>
  );
}

function Export({ planNo, reportNo }: { planNo: number; reportNo: number }) {
  const { t } = useTranslation('planning');
  const items = ([['docx', 'word'], ['pdf', 'pdf']] as const).map(([format, word]) => ({ key: format, label: t(`reports.${word}`), onClick: () => download(addressOf(exportPlanReport, { params: { planNo, reportNo }, query: { format } })) }));
  return <Dropdown trigger={['click']} menu={{ items }}><Button icon={<DownloadOutlined />}>{t('reports.export')}</Button></Dropdown>;
}
