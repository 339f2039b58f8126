import dayjs from 'dayjs';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Columns, currentLocale, DatePicker, Flex, Form, Input, InputNumber, PageHeader, Section, Select, useFormAction, useNavigateTo, useSession } from '../../../../web/kit.ts';
import { type Activity, activityKinds, changeActivity, createActivity, listActivities, nameIn, readActivity, readActivityCalendar } from '../../contract.ts';
import { NamesFields } from '../names-fields.tsx';
import { TiersField } from '../mall/tiers-field.tsx';
import { type ActivityDraft, activityDraftOf, newDraft, wantedOf } from './activity-draft.ts';
import { ActivityPreview } from './activity-preview.tsx';
import { KindFields } from './kind-fields.tsx';

/** What an activity is on the left; what it says and what is wrong with it on the right, while one edits. */
export function ActivityEditor({ activity, from }: { activity: Activity | null; from?: Activity }) {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const { timeZone } = useSession().brand;
  const [begin] = useState<ActivityDraft>(() => {
    const source = activity ?? from;
    return source ? activityDraftOf(source, timeZone, dayjs) : newDraft(dayjs().add(1, 'day').startOf('day'));
  });
  const [draft, setDraft] = useState(begin);
  const shown = useDeferredValue(draft);
  const wanted = useMemo(() => wantedOf(shown, timeZone), [shown, timeZone]);
  const shared = { invalidates: [listActivities, readActivity, readActivityCalendar], done: t('mall.saved'), onDone: ({ activityNo }: Activity) => navigate(`/members/activities/${activityNo}`) };
  const make = useFormAction<typeof createActivity, ActivityDraft>({ ...shared, endpoint: createActivity, request: (values) => ({ body: { definition: wantedOf({ ...draft, ...values }, timeZone) } }) });
  const change = useFormAction<typeof changeActivity, ActivityDraft>({ ...shared, endpoint: changeActivity, request: (values) => ({ params: { activityNo: activity?.activityNo ?? 0 }, body: { version: activity?.version ?? 0, definition: wantedOf({ ...draft, ...values }, timeZone) } }) });
  const { form, submit, busy, problem } = activity === null ? make : change;
  return (
    <>
      <PageHeader title={activity === null ? t('activities.add') : t('mall.edit', { name: nameIn(activity.definition.names, currentLocale()) })} breadcrumbs={[{ label: t('activities.title'), to: '/members/activities' }]} />
      <Columns>
        <Section>
          <Form<ActivityDraft> form={form} layout="vertical" initialValues={begin} disabled={busy} requiredMark={false} onValuesChange={(_changed, all) => setDraft({ ...draft, ...all })} onFinish={submit}>
            {problem && <Form.Item>{problem}</Form.Item>}
            <Form.Item name="kind" label={t('activities.kind')} extra={t(`activities.kindHints.${draft.kind}`)}><Select disabled={activity !== null} options={activityKinds.map((value) => ({ value, label: t(`activities.kinds.${value}`) }))} /></Form.Item>
            <NamesFields name={['names']} label={t('activities.name')} />
            <KindFields draft={draft} />
            <TimeFields />
            <LimitFields kind={draft.kind} />
            <Form.Item name="note" label={t('mall.note')}><Input.TextArea maxLength={1_000} autoSize={{ minRows: 2, maxRows: 6 }} /></Form.Item>
            <Button type="primary" htmlType="submit" loading={busy}>{t('mall.save')}</Button> <Button onClick={() => navigate(activity === null ? '/members/activities' : `/members/activities/${activity.activityNo}`)}>{t('mall.back')}</Button>
          </Form>
        </Section>
        <ActivityPreview wanted={wanted} />
      </Columns>
    </>
  );
}

function TimeFields() {
  const { t } = useTranslation('membership');
  const { timeZone } = useSession().brand;
  return (
    <Flex gap="middle" wrap>
      <Form.Item name="startsAt" label={t('activities.startsAt')} extra={t('activities.zone', { zone: timeZone })} rules={[{ required: true, message: t('mall.needed') }]}><DatePicker showTime={{ format: 'HH:mm' }} allowClear={false} /></Form.Item>
      <Form.Item name="endsAt" label={t('activities.endsAt')} extra={t('activities.endsAtHint')}><DatePicker showTime={{ format: 'HH:mm' }} /></Form.Item>
    </Flex>
  );
}

function LimitFields({ kind }: { kind: ActivityDraft['kind'] }) {
  const { t } = useTranslation('membership');
  const isFree = kind === 'lottery' || kind === 'exchange';
  const gives = kind !== 'double_points' && kind !== 'exchange';
  const number = (name: keyof ActivityDraft, max: number, hint?: string) => (
    <Form.Item name={name} label={t(`activities.${name}`)} extra={hint}><InputNumber precision={0} min={1} max={max} placeholder={t('mall.noLimit')} style={{ width: 160 }} /></Form.Item>
  );
  return (
    <>
      <TiersField />
      {isFree && <Flex gap="middle" wrap>{number('perDay', 1_000)}{number('total', 100_000)}</Flex>}
      {gives && <Flex gap="middle" wrap>{number('budget', 1_000_000_000_000, t('activities.budgetHint'))}{number('validDays', 3_660, t('activities.validDaysHint'))}</Flex>}
    </>
  );
}
