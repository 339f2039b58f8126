import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../../kernel/endpoint.ts';
import { locales as allLocales, type Locale } from '../../../../../kernel/locale.ts';
import { Button, currentLocale, Dropdown, EditorLayout, Input, PageHeader, Popconfirm, Section, Tabs, useAction, useLeaveGuard, useNavigateTo } from '../../../../../web/kit.ts';
import { PlusOutlined } from '../../../../../web/icons.tsx';
import { changeTemplateDraft, listTemplates, type MailWords, type PlainWords, readTemplate, readTemplateVersion, submitTemplate, type TemplateContent } from '../../../contract.ts';
import { FindingList } from '../finding-list.tsx';
import { PreviewPanel } from '../preview/preview-panel.tsx';
import { type As, asExample, useTemplatePreview } from '../preview/use-template-preview.ts';
import { withLocale, withoutLocale, withWords } from './draft.ts';
import { MailFields } from './mail-fields.tsx';
import { PlainFields } from './plain-fields.tsx';

const invalidates = [listTemplates, readTemplate, readTemplateVersion];

/** What a version says on the left, how people get it and what is wrong with it on the right, live. */
export function TemplateEditor({ templateNo, version }: { templateNo: number; version: EndpointReply<typeof readTemplateVersion> }) {
  const { t } = useTranslation('messaging');
  const navigate = useNavigateTo();
  const { versionNo, channel, purpose } = version;
  const [saved, setSaved] = useState({ content: version.content, note: version.note, revision: version.revision });
  const [content, setContent] = useState<TemplateContent>(version.content);
  const [note, setNote] = useState(version.note);
  const said = allLocales.filter((one) => content.locales[one] !== undefined);
  const [locale, setLocale] = useState<Locale>(said.find((one) => one === currentLocale()) ?? said[0]);
  const [as, setAs] = useState<As>(asExample);
  const { preview, check } = useTemplatePreview(channel, purpose, content, locale, as);
  const isLeaving = useRef(false);
  const isChanged = JSON.stringify([content, note]) !== JSON.stringify([saved.content, saved.note]);
  const question = useLeaveGuard(() => isChanged && !isLeaving.current);
  const save = useAction(changeTemplateDraft, { invalidates, done: t('templates.saved'), onSuccess: ({ revision }) => setSaved({ content, note, revision }) });
  const above = `/programs/templates/${templateNo}`;
  const submit = useAction(submitTemplate, { invalidates, done: t('templates.submittedDone'), onSuccess: () => { isLeaving.current = true; navigate(above); } });
  const findings = check.data?.findings ?? [];
  const wrong = findings.filter(({ level }) => level === 'wrong').length;
  const params = { templateNo, versionNo };
  const shared = { path: `locales.${locale}`, findings };
  const header = (
    <PageHeader
      title={t('templates.editTitle', { name: version.name, no: versionNo })}
      subtitle={<>{t(`channel.${channel}`)} · {t(`purpose.${purpose}`)}</>}
      breadcrumbs={[{ label: t('templates.title'), to: '/programs/templates' }, { label: version.name, to: above }]}
      actions={
        <>
          <Button onClick={() => navigate(above)}>{t('templates.back')}</Button>
          {!isChanged && <Button loading={submit.isPending} disabled={wrong > 0 || check.isFetching} onClick={() => submit.mutate({ params, body: { revision: saved.revision } })}>{t('templates.submit')}</Button>}
          <Button type="primary" loading={save.isPending} disabled={!isChanged} onClick={() => save.mutate({ params, body: { content, note, revision: saved.revision } })}>{t('templates.save')}</Button>
        </>
      }
    />
  );
  const status = wrong > 0 ? t('templates.wrongCount', { count: wrong }) : t('templates.fine');
  return (
    <>
      <EditorLayout
        isWide={channel === 'email'}
        header={header}
        brief={<span>{status}</span>}
        effect={
          <>
            <Section title={<span aria-live="polite">{status}</span>}>{findings.length > 0 ? <FindingList findings={findings} content={content} /> : t('templates.fineHint')}</Section>
            <Section title={t('templates.tab.look')}><PreviewPanel words={{ channel, purpose, content }} result={preview} as={as} onAs={setAs} locales={[]} locale={locale} onLocale={() => undefined} /></Section>
          </>
        }
      >
        <LanguageTabs said={said} locale={locale} onChange={setLocale} onAdd={(next) => { setContent(withLocale(content, next, locale)); setLocale(next); }} onRemove={() => { const rest = said.filter((one) => one !== locale); setLocale(rest[0]); setContent(withoutLocale(content, locale)); }} />
        {content.kind === 'mail'
          ? <MailFields {...shared} key={locale} words={content.locales[locale] as MailWords} onChange={(words) => setContent(withWords(content, locale, words))} />
          : <PlainFields {...shared} key={locale} channel={channel} content={content} words={content.locales[locale] as PlainWords} onWords={(words) => setContent(withWords(content, locale, words))} onContent={setContent} />}
        <Section title={t('templates.note')}><Input aria-label={t('templates.note')} value={note} maxLength={500} placeholder={t('templates.noteHint')} onChange={(event) => setNote(event.target.value)} /></Section>
      </EditorLayout>
      {question}
    </>
  );
}

function LanguageTabs({ said, locale, onChange, onAdd, onRemove }: { said: readonly Locale[]; locale: Locale; onChange: (locale: Locale) => void; onAdd: (locale: Locale) => void; onRemove: () => void }) {
  const { t } = useTranslation('messaging');
  const missing = allLocales.filter((one) => !said.includes(one));
  return (
    <Tabs
      activeKey={locale} onChange={(key) => onChange(key as Locale)} items={said.map((key) => ({ key, label: t(`templates.locales.${key}`) }))}
      tabBarExtraContent={
        <>
          {said.length > 1 && <Popconfirm title={t('templates.removeLanguage', { language: t(`templates.locales.${locale}`) })} onConfirm={onRemove}><Button type="text" size="small" danger>{t('templates.remove')}</Button></Popconfirm>}
          {missing.length > 0 && <Dropdown trigger={['click']} menu={{ items: missing.map((key) => ({ key, label: t(`templates.locales.${key}`) })), onClick: ({ key }) => onAdd(key as Locale) }}><Button type="text" size="small" icon={<PlusOutlined />}>{t('templates.addLanguage')}</Button></Dropdown>}
        </>
      }
    />
  );
}
