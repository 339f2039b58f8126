import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox, Columns, Form, Input, Link, PageHeader, RhythmFields, Section, Select, useEndpoint, useFormAction, useNavigateTo } from '../../../../web/kit.ts';
import { changeSchedule, createSchedule, fieldDimensions, listRecipients, listSchedules, readSchedule, reportComparisons, reportPeriods, type ShownSchedule } from '../../contract.ts';
import { draftOf, type ScheduleDraft, wantedOf } from './schedule-draft.ts';
import { MailPreview } from './mail-preview.tsx';
import { MemberFields } from './member-fields.tsx';
import { SavedReportsField } from './saved-reports-field.tsx';

/** What is sent, when and to whom on the left; the mail as it would be now on the right. */
export function ScheduleEditor({ schedule }: { schedule: ShownSchedule | null }) {
  const { t } = useTranslation('insights');
  const navigate = useNavigateTo();
  const recipients = useEndpoint(listRecipients);
  const [draft, setDraft] = useState(() => draftOf(schedule));
  const above = schedule === null ? '/insights/reporting' : `/insights/reporting/${schedule.scheduleId}`;
  const shared = { invalidates: [listSchedules, readSchedule], done: t('reporting.edit.saved'), onDone: ({ scheduleId }: ShownSchedule) => navigate(`/insights/reporting/${scheduleId}`) };
  const make = useFormAction<typeof createSchedule, ScheduleDraft>({ ...shared, endpoint: createSchedule, request: (values) => ({ body: wantedOf(values) }) });
  const change = useFormAction<typeof changeSchedule, ScheduleDraft>({
    ...shared, endpoint: changeSchedule, request: (values) => ({ params: { scheduleId: schedule?.scheduleId ?? 0 }, body: { ...wantedOf(values), version: schedule?.version ?? 0 } }),
  });
  const { form, submit, busy, problem } = schedule === null ? make : change;
  const something = { validator: () => (wantedOf(form.getFieldsValue()).contents.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('reporting.edit.needContent')))) };
  const needed = [{ required: true, message: t('reporting.edit.needed') }];
  return (
    <>
      <PageHeader title={schedule === null ? t('reporting.edit.newTitle') : t('reporting.edit.title', { name: schedule.name })} breadcrumbs={[{ label: t('reporting.title'), to: '/insights/reporting' }]} />
      <Columns>
        <Section>
          <Form<ScheduleDraft> form={form} layout="vertical" initialValues={draft} disabled={busy} onValuesChange={(_changed, all) => setDraft({ ...draft, ...all })} onFinish={submit} requiredMark={false}>
            {problem && <Form.Item>{problem}</Form.Item>}
            <Form.Item name="name" label={t('reporting.edit.name')} extra={t('reporting.edit.nameHint')} rules={needed}><Input maxLength={80} /></Form.Item>
            <Form.Item name="hasOverview" label={t('reporting.edit.contents')} valuePropName="checked" dependencies={['reports']} rules={[something]}><Checkbox>{t('reporting.edit.overview')}</Checkbox></Form.Item>
            {draft.hasOverview && (
              <Form.Item name="dimensions" label={t('reporting.edit.dimensions')}>
                <Select mode="multiple" options={fieldDimensions.map((value) => ({ value, label: t(`dimension.${value}.label`) }))} />
              </Form.Item>
            )}
            <SavedReportsField />
            <Form.Item name="period" label={t('reporting.edit.period')}><Select options={reportPeriods.map((value) => ({ value, label: t(`reporting.periods.${value}`) }))} /></Form.Item>
            <Form.Item name="compare" label={t('reporting.edit.compare')}><Select options={reportComparisons.map((value) => ({ value, label: t(`reporting.compares.${value}`) }))} /></Form.Item>
            <RhythmFields timeName="at" />
            <Form.Item name="groupIds" label={t('reporting.edit.groups')} extra={<Link to="/insights/reporting/groups">{t('reporting.groups.manage')}</Link>}>
              <Select mode="multiple" options={recipients.data?.groups.map(({ groupId, name }) => ({ value: groupId, label: name }))} />
            </Form.Item>
            <MemberFields staff={recipients.data?.staff ?? []} others={draft.groupIds.length} />
            <Button type="primary" htmlType="submit" loading={busy}>{t('reporting.edit.save')}</Button> <Button onClick={() => navigate(above)}>{t('reporting.edit.cancel')}</Button>
          </Form>
        </Section>
        <MailPreview draft={draft} />
      </Columns>
    </>
  );
}
