import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Alert, Button, currentLocale, DescriptionList, DetailLayout, Form, FormModal, Input, Loaded, PageHeader, Section, Stack, Table, Tag, useAction, useEndpoint, useFormat, useMay, usePathParam, useSearchState } from '../../../../web/kit.ts';
import { archiveTemplate, changeTemplate, listTemplates, readTemplate, readTemplateVersion, type ShownTemplate, type ShownTemplateVersion } from '../../contract.ts';
import { ChangesSection } from './changes-section.tsx';
import { FindingList } from './finding-list.tsx';
import { PreviewPanel } from './preview/preview-panel.tsx';
import { type As, asExample, type TemplateLocale, useTemplatePreview } from './preview/use-template-preview.ts';
import { StateTag } from './state-tag.tsx';
import { VersionActions } from './version-actions.tsx';

const shownVersion = z.object({ version: z.coerce.number().int().positive().optional() });
type Read = ShownTemplate & { versions: ShownTemplateVersion[] };

/** A template: how it looks, what its versions are, and who did what with them. */
export default function TemplatePage() {
  const templateNo = Number(usePathParam('templateNo'));
  const template = useEndpoint(readTemplate, { params: { templateNo } });
  return <Loaded from={template}>{(found) => <Shown template={found} />}</Loaded>;
}

function Shown({ template }: { template: Read }) {
  const { t } = useTranslation('messaging');
  const [{ version: asked }] = useSearchState(shownVersion);
  const { templateNo, versions, archivedAt } = template;
  // What is worked on is what one comes for; else what is in use.
  const chosen = versions.find(({ versionNo }) => versionNo === asked) ?? versions.find(({ state }) => state === 'waiting' || state === 'draft') ?? versions.find(({ state }) => state === 'approved') ?? versions[0];
  const version = useEndpoint(readTemplateVersion, { params: { templateNo, versionNo: chosen.versionNo } });
  return (
    <Loaded from={version}>
      {(found) => (
        <DetailLayout
          header={
            <PageHeader
              title={template.name}
              subtitle={<>{t(`channel.${template.channel}`)} · {t(`purpose.${template.purpose}`)}{template.category && ` · ${template.category}`} · {t('templates.versionNo', { no: found.versionNo })} <StateTag state={found.state} />{archivedAt !== null && <Tag>{t('templates.archived')}</Tag>}</>}
              breadcrumbs={[{ label: t('templates.title'), to: '/programs/templates' }]}
              actions={<><TemplateActions template={template} /><VersionActions template={template} version={found} /></>}
            />
          }
          tabs={[
            { key: 'look', label: t('templates.tab.look'), content: <LookTab version={found} /> },
            ...(found.changes === null ? [] : [{ key: 'changes', label: t('templates.tab.changes', { count: found.changes.length }), content: <ChangesSection changes={found.changes} from={found.changesFrom ?? 0} /> }]),
            { key: 'versions', label: t('templates.tab.versions', { count: versions.length }), content: <VersionsTab versions={versions} shown={found.versionNo} /> },
          ]}
        />
      )}
    </Loaded>
  );
}

function LookTab({ version }: { version: Parameters<typeof VersionActions>[0]['version'] }) {
  const { t } = useTranslation('messaging');
  const { channel, purpose, content, locales, reason, state } = version;
  const [as, setAs] = useState<As>(asExample);
  const [locale, setLocale] = useState<TemplateLocale>(locales.find((one) => one === currentLocale()) ?? locales[0]);
  // What is approved is not judged any more.
  const { preview, check } = useTemplatePreview(channel, purpose, content, locale, as, state === 'draft' || state === 'waiting');
  const findings = check.data?.findings ?? [];
  return (
    <Stack>
      {state === 'waiting' && <Alert type="warning" showIcon title={t(version.mayDecide ? 'templates.yourTurn' : 'templates.waits', { who: version.submittedBy })} />}
      {state === 'draft' && reason !== '' && <Alert type="warning" showIcon title={t('templates.refusedBecause', { reason })} />}
      {findings.length > 0 && <Section title={t('templates.check')}><FindingList findings={findings} content={content} /></Section>}
      <Section><PreviewPanel words={{ channel, purpose, content }} result={preview} as={as} onAs={setAs} locales={locales} locale={locale} onLocale={setLocale} /></Section>
    </Stack>
  );
}

function VersionsTab({ versions, shown }: { versions: ShownTemplateVersion[]; shown: number }) {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const [, change] = useSearchState(shownVersion);
  const by = (who: string | null, at: string | null) => (who === null ? null : `${who} · ${format.dateTime(at)}`);
  return (
    <Table<ShownTemplateVersion>
      size="small" rowKey="versionNo" dataSource={versions} pagination={false} scroll={{ x: 'max-content' }}
      columns={[
        { key: 'no', title: t('templates.version'), render: (_, { versionNo }) => <Button type="link" size="small" disabled={versionNo === shown} onClick={() => change({ version: versionNo })}>{t('templates.versionNo', { no: versionNo })}</Button> },
        { key: 'state', title: t('templates.state'), render: (_, { state }) => <StateTag state={state} /> },
        { key: 'note', title: t('templates.note'), render: (_, { note }) => note },
        { key: 'edited', title: t('templates.edited'), render: (_, { editedBy, editedAt }) => by(editedBy, editedAt) },
        { key: 'submitted', title: t('templates.submitted'), render: (_, { submittedBy, submittedAt }) => by(submittedBy, submittedAt) },
        { key: 'approved', title: t('templates.approved'), render: (_, { approvedBy, approvedAt }) => by(approvedBy, approvedAt) },
        { key: 'withdrawn', title: t('templates.withdrawn'), render: (_, { withdrawnBy, withdrawnAt, reason }) => <DescriptionList items={withdrawnBy === null ? [] : [{ label: by(withdrawnBy, withdrawnAt) ?? '', value: reason }]} /> },
      ]}
    />
  );
}

function TemplateActions({ template: { templateNo, name, category, archivedAt } }: { template: Read }) {
  const { t } = useTranslation('messaging');
  const mayWrite = useMay('messaging.templates');
  const [isOpen, setOpen] = useState(false);
  const archive = useAction(archiveTemplate, { invalidates: [readTemplate, listTemplates], done: t(archivedAt === null ? 'templates.archivedDone' : 'templates.restoredDone') });
  if (!mayWrite) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('templates.rename')}</Button>
      <Button loading={archive.isPending} onClick={() => archive.mutate({ params: { templateNo }, body: { isArchived: archivedAt === null } })}>{t(archivedAt === null ? 'templates.archive' : 'templates.restore')}</Button>
      <FormModal<typeof changeTemplate, { name: string; category: string }>
        open={isOpen} title={t('templates.rename')} submitLabel={t('templates.save')} endpoint={changeTemplate} initial={{ name, category }} invalidates={[readTemplate, listTemplates]}
        request={(body) => ({ params: { templateNo }, body })} onDone={() => setOpen(false)} onCancel={() => setOpen(false)}
      >
        <Form.Item name="name" label={t('templates.name')} rules={[{ required: true, whitespace: true, message: t('templates.nameNeeded') }]}><Input maxLength={100} /></Form.Item>
        <Form.Item name="category" label={t('templates.category')} extra={t('templates.categoryHint')}><Input maxLength={50} /></Form.Item>
      </FormModal>
    </>
  );
}
