import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { Button, Form, FormModal, Input, Popconfirm, useAction, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { createTemplateDraft, decideTemplate, deleteTemplateDraft, listTemplates, readTemplate, readTemplateVersion, type ShownTemplate, type ShownTemplateVersion, submitTemplate, withdrawTemplate } from '../../contract.ts';

const invalidates = [listTemplates, readTemplate, readTemplateVersion];
interface Props {
  template: ShownTemplate & { versions: ShownTemplateVersion[] };
  version: EndpointReply<typeof readTemplateVersion>;
}

/** What can be done with a version, by where it is and who looks at it. */
export function VersionActions({ template, version }: Props) {
  const { t } = useTranslation('messaging');
  const navigate = useNavigateTo();
  const mayWrite = useMay('messaging.templates');
  const mayApprove = useMay('messaging.approve') && version.mayDecide;
  const [open, setOpen] = useState<'refuse' | 'withdraw' | null>(null);
  const { templateNo } = template;
  const { versionNo, revision, state, content } = version;
  const params = { templateNo, versionNo };
  const edit = (no: number): void => navigate(`/programs/templates/${templateNo}/${no}/edit`);
  const remove = useAction(deleteTemplateDraft, { invalidates: [listTemplates, readTemplate], done: t('templates.deletedDone'), onSuccess: () => navigate(template.versions.length > 1 ? `/programs/templates/${templateNo}` : '/programs/templates') });
  const submit = useAction(submitTemplate, { invalidates, done: t('templates.submittedDone') });
  const decide = useAction(decideTemplate, { invalidates, done: t('templates.approvedDone') });
  const next = useAction(createTemplateDraft, { invalidates, onSuccess: (draft) => edit(draft.versionNo) });
  const isOpen = state === 'draft' || state === 'waiting';
  const hasDraft = template.versions.some((one) => one.state === 'draft' || one.state === 'waiting');
  const field = <Form.Item name="reason" label={t('templates.reason')} rules={[{ required: true, whitespace: true, message: t('templates.reasonNeeded') }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>;
  const shared = { invalidates, onDone: () => setOpen(null), onCancel: () => setOpen(null) };
  return (
    <>
      {mayWrite && isOpen && template.versions.length > 1 && <Popconfirm title={t('templates.deleteTitle')} onConfirm={() => remove.mutate({ params })}><Button danger>{t('templates.delete')}</Button></Popconfirm>}
      {mayWrite && (state === 'approved' || state === 'waiting') && <Button danger={state === 'approved'} onClick={() => setOpen('withdraw')}>{t('templates.withdraw')}</Button>}
      {mayWrite && !isOpen && !hasDraft && <Button type="primary" loading={next.isPending} onClick={() => next.mutate({ params: { templateNo }, body: { content } })}>{t('templates.nextVersion')}</Button>}
      {mayWrite && isOpen && <Button onClick={() => edit(versionNo)}>{t('templates.edit')}</Button>}
      {mayWrite && state === 'draft' && <Button type="primary" loading={submit.isPending} onClick={() => submit.mutate({ params, body: { revision } })}>{t('templates.submit')}</Button>}
      {mayApprove && <Button onClick={() => setOpen('refuse')}>{t('templates.refuse')}</Button>}
      {mayApprove && <Popconfirm title={t('templates.approveTitle')} description={t('templates.approveHint')} onConfirm={() => decide.mutate({ params, body: { isApproved: true } })}><Button type="primary" loading={decide.isPending}>{t('templates.approve')}</Button></Popconfirm>}
      <FormModal<typeof withdrawTemplate, { reason: string }> {...shared} open={open === 'withdraw'} title={t('templates.withdrawTitle')} submitLabel={t('templates.withdraw')} endpoint={withdrawTemplate} done={t('templates.withdrawnDone')} request={(body) => ({ params, body })}>{field}</FormModal>
      <FormModal<typeof decideTemplate, { reason: string }> {...shared} open={open === 'refuse'} title={t('templates.refuseTitle')} submitLabel={t('templates.refuse')} endpoint={decideTemplate} done={t('templates.refusedDone')} request={({ reason }) => ({ params, body: { isApproved: false, reason } })}>{field}</FormModal>
    </>
  );
}
