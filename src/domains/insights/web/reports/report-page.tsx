import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Dropdown, Flex, Loaded, useAction, useEndpoint, useLeaveGuard, useMay, usePathParam, useSession } from '../../../../web/kit.ts';
import { MoreOutlined } from '../../../../web/icons.tsx';
import { changeReport, listReports, readReport } from '../../contract.ts';
import { KeptSettings, SharedTag } from './kept-settings.tsx';
import { PinReport } from './pin-report.tsx';
import { QuestionPage } from './question-page.tsx';
import { SaveReport } from './save-report.tsx';

/** A report that was saved; who may change it can try something and save that too. */
export default function ReportPage() {
  const id = usePathParam('id');
  const report = useEndpoint(readReport, { params: { id } });
  return <Loaded from={report}>{(reply) => <SavedReport key={reply.id} report={reply} />}</Loaded>;
}

function SavedReport({ report }: { report: EndpointReply<typeof readReport> }) {
  const { t } = useTranslation('insights');
  const mayEdit = useMay('insights.edit');
  const [draft, setDraft] = useState(report.body);
  const [open, setOpen] = useState<'settings' | 'copy' | 'pin' | null>(null);
  const save = useAction(changeReport, { invalidates: [readReport, listReports], done: t('kept.saved') });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(report.body);
  // A copy holds what was tried.
  const question = useLeaveGuard(() => isChanged && report.mayChange && open !== 'copy');
  const me = useSession().actor?.name;
  const actions = [
    { key: 'pin', label: t('kept.pin') },
    { key: 'copy', label: t('kept.duplicate') },
    ...(report.mayChange ? [{ key: 'settings', label: t('kept.settings') }] : []),
  ];
  return (
    <>
      {question}
      <QuestionPage
        title={report.name}
        breadcrumbs={[{ label: t('navigation.reports'), to: '/insights/reports' }]}
        subtitle={<Flex gap="small" align="center" wrap><SharedTag sharing={report.sharing} /><span>{report.owner === me ? null : t('kept.by', { owner: report.owner })}</span></Flex>}
        question={draft.question}
        view={draft.view}
        onChange={(question) => setDraft({ ...draft, question })}
        onView={(view) => setDraft({ ...draft, view })}
        actions={(asked) => mayEdit && (
          <>
            <Dropdown trigger={['click']} menu={{ items: actions, onClick: ({ key }) => setOpen(key as typeof open) }}>
              <Button icon={<MoreOutlined />} aria-label={t('kept.more')} />
            </Dropdown>
            {report.mayChange && (
              <Button type="primary" disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate({ params: { id: report.id }, body: { version: report.version, body: { ...draft, question: asked } } })}>
                {t('kept.saveChanges')}
              </Button>
            )}
          </>
        )}
      />
      <SaveReport saving={open === 'copy' ? draft : null} name={t('kept.copyOf', { name: report.name }).slice(0, 80)} onClose={() => setOpen(null)} />
      <PinReport reportId={open === 'pin' ? report.id : null} onClose={() => setOpen(null)} />
      <KeptSettings kind="report" kept={report} open={open === 'settings'} onClose={() => setOpen(null)} />
    </>
  );
}
