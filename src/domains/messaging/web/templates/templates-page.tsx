import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, PageHeader, Stack, Tag, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { FileTextOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { channelKinds, listTemplates, messagePurposes, type TemplateRow } from '../../contract.ts';
import { NewTemplateForm } from './new-template-form.tsx';
import { StateTag } from './state-tag.tsx';

/** What messages say: all templates, and where each stands. */
export default function TemplatesPage() {
  const { t } = useTranslation('messaging');
  const format = useFormat();
  const navigate = useNavigateTo();
  const mayWrite = useMay('messaging.templates');
  const [isOpen, setOpen] = useState(false);
  const add = mayWrite && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>{t('templates.add')}</Button>;
  const columns: Column<TemplateRow>[] = [
    { key: 'name', title: t('templates.name'), sortable: true, render: ({ name }) => name },
    { key: 'channel', title: t('templates.channel'), render: ({ channel }) => t(`channel.${channel}`) },
    { key: 'purpose', title: t('templates.purpose'), render: ({ purpose }) => <Tag>{t(`purpose.${purpose}`)}</Tag> },
    { key: 'category', title: t('templates.category'), optional: true, render: ({ category }) => category },
    { key: 'locales', title: t('templates.languages'), render: ({ locales }) => locales.map((locale) => t(`templates.localesShort.${locale}`)).join(' · ') },
    { key: 'state', title: t('templates.state'), render: ({ approvedVersion, openVersion, openState }) => (
      <>
        {approvedVersion !== null && <><StateTag state="approved" />{t('templates.versionNo', { no: approvedVersion })} </>}
        {openState !== null && <><StateTag state={openState} />{t('templates.versionNo', { no: openVersion })}</>}
      </>
    ) },
    { key: 'changedAt', title: t('templates.changedAt'), sortable: true, render: ({ changedAt }) => format.dateTime(changedAt) },
    { key: 'createdBy', title: t('templates.createdBy'), optional: true, render: ({ createdBy }) => createdBy },
  ];
  return (
    <Stack>
      <PageHeader title={t('templates.title')} subtitle={t('templates.subtitle')} actions={<><Button onClick={() => navigate('/programs/templates/check')}>{t('templates.checkSettings')}</Button>{add}</>} />
      <DataTable
        endpoint={listTemplates}
        columns={columns}
        rowKey={({ templateNo }) => templateNo}
        rowLink={({ templateNo }) => `/programs/templates/${templateNo}`}
        searchPlaceholder={t('templates.search')}
        filters={[
          { key: 'channel', label: t('templates.channel'), options: channelKinds.map((value) => ({ value, label: t(`channel.${value}`) })) },
          { key: 'purpose', label: t('templates.purpose'), options: messagePurposes.map((value) => ({ value, label: t(`purpose.${value}`) })) },
          { key: 'show', label: t('templates.show'), options: (['usable', 'waiting', 'archived'] as const).map((value) => ({ value, label: t(`templates.shows.${value}`) })) },
        ]}
        empty={<EmptyState icon={<FileTextOutlined />} title={t('templates.none')} hint={t('templates.noneHint')} action={add} />}
      />
      <NewTemplateForm open={isOpen} onClose={() => setOpen(false)} />
    </Stack>
  );
}
