import { useTranslation } from 'react-i18next';
import { Form, FormDrawer, languageNames, Radio, RhythmFields, Select, Switch, useEndpoint, useSession } from '../../../../web/kit.ts';
import { addMailing, changeMailing, listMailings, listProjects, type Mailing, type MailingWanted } from '../../contract.ts';
import { asProject } from '../projects/known-items.ts';
import { GoesToFields } from './goes-to-fields.tsx';
import { goesToDraft, type GoesToDraft, goesToOf, rhythmDraft, type RhythmDraft, rhythmOf } from './goes-to.ts';

type Draft = GoesToDraft & RhythmDraft & { kind: 'report' | 'director'; projectNo: number; covers: 'current' | 'last'; isSent: boolean; isPaused: boolean; locale: MailingWanted['locale'] };

function draftOf(mailing: Mailing | null, brandLanguage: Draft['locale']): Draft {
  const { what, locale, isPaused, rhythm } = mailing ?? { what: { kind: 'report' as const, projectNo: null, covers: 'current' as const, isSent: false }, locale: brandLanguage, isPaused: false, rhythm: null };
  const own = what.kind === 'report' ? what : { projectNo: null, covers: 'last' as const, isSent: true };
  return { kind: what.kind, ...own, projectNo: own.projectNo ?? 0, locale, isPaused, ...rhythmDraft(rhythm), ...goesToDraft(mailing ?? { readers: [], robotNos: [] }) };
}

const shared = (draft: Draft) => ({ rhythm: rhythmOf(draft), locale: draft.locale, isPaused: draft.isPaused, ...goesToOf(draft) });
const whatOf = ({ kind, projectNo, covers, isSent }: Draft): MailingWanted['what'] => (kind === 'director' ? { kind } : { kind, projectNo: projectNo || null, covers, isSent });

/** What is written by itself, when, and to whom it goes. */
export function MailingForm({ planNo, mailing, open, onClose }: { planNo: number; mailing: Mailing | null; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('planning');
  // What goes by itself goes to others: they read it in the language of the brand unless somebody says otherwise.
  const { brand: { language } } = useSession();
  const more = { open, submitLabel: t('reports.mailings.save'), initial: draftOf(mailing, language), invalidates: [listMailings], done: t('reports.mailings.saved'), onDone: onClose, onCancel: onClose };
  if (mailing === null) {
    return (
      <FormDrawer<typeof addMailing, Draft> {...more} endpoint={addMailing} title={t('reports.mailings.new')} request={(draft) => ({ params: { planNo }, body: { what: whatOf({ ...draftOf(null, language), ...draft }), ...shared({ ...draftOf(null, language), ...draft }) } })}>
        <Fields planNo={planNo} isNew />
      </FormDrawer>
    );
  }
  return (
    <FormDrawer<typeof changeMailing, Draft>
      {...more} endpoint={changeMailing} title={t('reports.mailings.edit')}
      request={(values) => { const draft = { ...draftOf(mailing, language), ...values }; return { params: { planNo, mailingNo: mailing.mailingNo }, body: { version: mailing.version, isSent: draft.isSent, covers: draft.covers, ...shared(draft) } }; }}
    >
      <Fields planNo={planNo} isNew={false} />
    </FormDrawer>
  );
}

function Fields({ planNo, isNew }: { planNo: number; isNew: boolean }) {
  const { t } = useTranslation('planning');
  const projects = useEndpoint(listProjects, { params: { planNo } });
  const isReport = (Form.useWatch<string | undefined>('kind', { preserve: true }) ?? 'report') === 'report';
  const isSent = Form.useWatch<boolean | undefined>('isSent', { preserve: true }) ?? false;
  const scopes = [{ value: 0, label: t('reports.wholePlan') }, ...(projects.data?.projects ?? []).map((item) => ({ value: item.itemNo, label: asProject(item).body.name }))];
  return (
    <>
      <Form.Item required name="kind" label={t('reports.mailings.what')} hidden={!isNew}><Radio.Group optionType="button" options={(['report', 'director'] as const).map((value) => ({ value, label: t(`reports.mailings.${value}`) }))} /></Form.Item>
      <Form.Item required name="projectNo" label={t('reports.scope')} hidden={!isReport || !isNew}><Select showSearch={{ optionFilterProp: 'label' }} options={scopes} /></Form.Item>
      <RhythmFields timeName="at" />
      <Form.Item required name="covers" label={t('reports.mailings.covers')} hidden={!isReport}><Select options={(['current', 'last'] as const).map((value) => ({ value, label: t(`reports.mailings.coversOf.${value}`) }))} /></Form.Item>
      <Form.Item required name="isSent" label={t('reports.mailings.sends')} extra={t('reports.mailings.sendsHint')} hidden={!isReport}><Select options={[false, true].map((value) => ({ value, label: t(`reports.mailings.sendsOf.${value}`) }))} /></Form.Item>
      <Form.Item required name="locale" label={t('reports.language')}><Select options={Object.entries(languageNames).map(([value, label]) => ({ value, label }))} /></Form.Item>
      <GoesToFields planNo={planNo} isNeeded={!isReport || isSent} />
      <Form.Item name="isPaused" label={t('reports.mailings.pausedLabel')} valuePropName="checked"><Switch /></Form.Item>
    </>
  );
}
