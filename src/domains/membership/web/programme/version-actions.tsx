import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, Button, Form, FormModal, Input, Popconfirm, todayIn, useAction, useMay, useNavigateTo, useSession } from '../../../../web/kit.ts';
import { createDraft, decideVersion, deleteDraft, listTrials, listVersions, type ProgrammeDefinition, publishVersion, readProgramme, readVersion, type ShownVersion, startTrial, withdrawVersion } from '../../contract.ts';
import { DayField } from '../day-field.tsx';

const invalidates = [listVersions, readProgramme, readVersion];
type Shown = ShownVersion & { definition: ProgrammeDefinition; mayDecide: boolean };
type Open = 'publish' | 'refuse' | 'withdraw' | null;

/** What can be done with a version, by where it is in its life and who looks at it. */
export function VersionActions({ version }: { version: Shown }) {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const mayDesign = useMay('membership.design');
  const mayApprove = useMay('membership.approve') && version.mayDecide;
  const [open, setOpen] = useState<Open>(null);
  const { versionNo, phase, definition } = version;
  const params = { versionNo };
  const remove = useAction(deleteDraft, { invalidates: [listVersions, readProgramme], done: t('design.deleted'), onSuccess: () => navigate('/members/programme') });
  const copy = useAction(createDraft, { invalidates, onSuccess: (draft) => navigate(`/members/programme/${draft.versionNo}/edit`) });
  const trial = useAction(startTrial, { invalidates: [listTrials], onSuccess: ({ trialNo }) => navigate(`/members/trials/${trialNo}`) });
  const decide = useAction(decideVersion, { invalidates, done: t('design.approvedDone') });
  const isDraft = phase === 'draft' || phase === 'waiting';
  return (
    <>
      {mayDesign && isDraft && (
        <Popconfirm title={t('design.deleteTitle')} onConfirm={() => remove.mutate({ params })}><Button danger>{t('design.delete')}</Button></Popconfirm>
      )}
      {mayDesign && (phase === 'coming' || phase === 'waiting') && <Button danger={phase === 'coming'} onClick={() => setOpen('withdraw')}>{t('design.withdraw')}</Button>}
      {mayDesign && !isDraft && <Button loading={copy.isPending} onClick={() => copy.mutate({ body: { definition: { ...definition, removedTiers: {} }, note: t('design.copiedFrom', { no: versionNo }) } })}>{t('design.copy')}</Button>}
      {mayDesign && (isDraft || phase === 'coming') && <Button loading={trial.isPending} onClick={() => trial.mutate({ body: { versionNo } })}>{t('design.trial')}</Button>}
      {mayDesign && isDraft && <Button onClick={() => navigate(`/members/programme/${versionNo}/edit`)}>{t('design.edit')}</Button>}
      {mayApprove && <Button onClick={() => setOpen('refuse')}>{t('design.refuse')}</Button>}
      {mayApprove && (
        <Popconfirm title={t('design.approveTitle')} description={t('design.approveHint')} onConfirm={() => decide.mutate({ params, body: { isApproved: true } })}>
          <Button type="primary" loading={decide.isPending}>{t('design.approve')}</Button>
        </Popconfirm>
      )}
      {mayDesign && phase === 'draft' && <Button type="primary" onClick={() => setOpen('publish')}>{t('design.publish')}</Button>}
      <PublishForm version={version} isOpen={open === 'publish'} onClose={() => setOpen(null)} />
      <ReasonForms version={version} open={open} onClose={() => setOpen(null)} />
    </>
  );
}

/** From which day on a draft is promised. */
export function PublishForm({ version: { versionNo, revision }, isOpen, onDone, onClose }: { version: Pick<ShownVersion, 'versionNo' | 'revision'>; isOpen: boolean; onDone?: () => void; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const { brand } = useSession();
  return (
    <FormModal<typeof publishVersion, { startsOn: string }>
      open={isOpen}
      title={t('design.publishTitle')}
      submitLabel={t('design.publish')}
      endpoint={publishVersion}
      invalidates={invalidates}
      done={t('design.publishedDone')}
      initial={{ startsOn: addDays(todayIn(brand.timeZone), 1) }}
      request={({ startsOn }) => ({ params: { versionNo }, body: { startsOn, revision } })}
      onDone={onDone ?? onClose}
      onCancel={onClose}
    >
      <p>{t('design.publishHint')}</p>
      <Form.Item name="startsOn" label={t('design.startsOn')} extra={t('design.startsOnHint', { zone: brand.timeZone })} rules={[{ required: true, message: t('design.dayNeeded') }]}><DayField /></Form.Item>
    </FormModal>
  );
}

function ReasonForms({ version: { versionNo }, open, onClose }: { version: ShownVersion; open: Open; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const shared = { invalidates, onDone: onClose, onCancel: onClose };
  const field = <Form.Item name="reason" label={t('design.reason')} rules={[{ required: true, message: t('design.reasonNeeded') }]}><Input.TextArea rows={3} maxLength={500} /></Form.Item>;
  return (
    <>
      <FormModal<typeof withdrawVersion, { reason: string }>
        {...shared} open={open === 'withdraw'} title={t('design.withdrawTitle')} submitLabel={t('design.withdraw')} endpoint={withdrawVersion} done={t('design.withdrawnDone')} request={(body) => ({ params: { versionNo }, body })}
      >{field}</FormModal>
      <FormModal<typeof decideVersion, { reason: string }>
        {...shared} open={open === 'refuse'} title={t('design.refuseTitle')} submitLabel={t('design.refuse')} endpoint={decideVersion} done={t('design.refusedDone')} request={({ reason }) => ({ params: { versionNo }, body: { isApproved: false, reason } })}
      >{field}</FormModal>
    </>
  );
}
