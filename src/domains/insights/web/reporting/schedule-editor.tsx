import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Columns, Form, Input, PageHeader, Section, Select, useEndpoint, useFormAction, useNavigateTo, useSession } from '../../../../web/kit.ts';
import { changeSchedule, createSchedule, fieldDimensions, listRecipients, listSchedules, readSchedule, reportComparisons, reportPeriods, type ShownSchedule } from '../../contract.ts';
import { draftOf, type ScheduleDraft, wantedOf } from './schedule-draft.ts';
import { MailPreview } from './mail-preview.tsx';
import { weekdayName } from './use-rhythm-text.ts';

const days = Array.from({ length: 31 }, (_, at) => at + 1);

/** What is sent, when and to whom on the left; the mail as it would be now on the right. */
export function ScheduleEditor({ schedule }: { schedule: ShownSchedule | null }) {
  const { t } = useTranslation('insights');
  const { brand } = useSession();
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
  const needed = [{ required: true, message: t('reporting.edit.needed') }];
  return (
    <>
      <PageHeader title={schedule === null ? t('reporting.edit.newTitle') : t('reporting.edit.title', { name: schedule.name })} breadcrumbs={[{ label: t('reporting.title'), to: '/insights/reporting' }]} />
      <Columns>
        <Section>
          <Form<ScheduleDraft> form={form} layout="vertical" initialValues={draft} disabled={busy} onValuesChange={(_changed, all) => setDraft(all)} onFinish={submit} requiredMark={false}>
            {problem && <Form.Item>{problem}</Form.Item>}
            <Form.Item name="name" label={t('reporting.edit.name')} extra={t('reporting.edit.nameHint')} rules={needed}><Input maxLength={80} /></Form.Item>
            <Form.Item name="dimensions" label={t('reporting.edit.dimensions')} extra={t('reporting.edit.dimensionsHint')}>
              <Select mode="multiple" options={fieldDimensions.map((value) => ({ value, label: t(`dimension.${value}.label`) }))} />
            </Form.Item>
            <Form.Item name="period" label={t('reporting.edit.period')}><Select options={reportPeriods.map((value) => ({ value, label: t(`reporting.periods.${value}`) }))} /></Form.Item>
            <Form.Item name="compare" label={t('reporting.edit.compare')}><Select options={reportComparisons.map((value) => ({ value, label: t(`reporting.compares.${value}`) }))} /></Form.Item>
            <Form.Item name="every" label={t('reporting.edit.every')}><Select options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: t(`reporting.edit.frequencies.${value}`) }))} /></Form.Item>
            {draft.every === 'week' && <Form.Item name="weekday" label={t('reporting.edit.weekday')}><Select options={days.slice(0, 7).map((value) => ({ value, label: weekdayName(value) }))} /></Form.Item>}
            {draft.every === 'month' && (
              <Form.Item name="monthDay" label={t('reporting.edit.day')} extra={t('reporting.edit.dayHint')}>
                <Select options={[...days.map((day) => ({ value: String(day), label: t('reporting.edit.dayOf', { day }) })), { value: 'last', label: t('reporting.edit.lastDay') }]} />
              </Form.Item>
            )}
            <Form.Item name="at" label={t('reporting.edit.at')} extra={t('reporting.edit.atHint', { zone: brand.timeZone })} rules={needed}><Input type="time" /></Form.Item>
            <Form.Item name="staffIds" label={t('reporting.edit.staff')}>
              <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={recipients.data?.staff.map(({ staffId, name }) => ({ value: staffId, label: name }))} />
            </Form.Item>
            <Form.Item name="groupIds" label={t('reporting.edit.groups')}><Select mode="multiple" options={recipients.data?.groups.map(({ groupId, name }) => ({ value: groupId, label: name }))} /></Form.Item>
            <Form.Item name="addresses" label={t('reporting.edit.addresses')} extra={t('reporting.edit.addressesHint')}><Select mode="tags" open={false} tokenSeparators={[',', ' ', ';']} /></Form.Item>
            <Form.Item name="locale" label={t('reporting.edit.language')} extra={t('reporting.edit.languageHint')}>
              <Select options={[{ value: 'zh-CN', label: '简体中文' }, { value: 'zh-TW', label: '繁體中文' }, { value: 'en', label: 'English' }]} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={busy}>{t('reporting.edit.save')}</Button> <Button onClick={() => navigate(above)}>{t('reporting.edit.cancel')}</Button>
          </Form>
        </Section>
        <MailPreview draft={draft} />
      </Columns>
    </>
  );
}
