import { useTranslation } from 'react-i18next';
import { DatePicker, Flex, Form, RhythmFields, Select, Switch, useSession } from '../../../../web/kit.ts';
import type { CampaignDraft } from './campaign-draft.ts';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** When it goes: as soon as it may, at a time, or again and again; and at which hour of each person's day. */
export function ScheduleFields({ draft }: { draft: CampaignDraft }) {
  const { t } = useTranslation('campaigns');
  const { timeZone } = useSession().brand;
  const needed = [{ required: true, message: t('plans.needed') }];
  return (
    <>
      <Form.Item name="when" label={t('plans.schedule')}><Select options={(['atOnce', 'once', 'recurring'] as const).map((value) => ({ value, label: t(`plans.scheduleKinds.${value}`) }))} /></Form.Item>
      {draft.when === 'once' && <Form.Item name="at" label={t('plans.at')} extra={t('plans.zone', { zone: timeZone })} rules={needed}><DatePicker showTime={{ format: 'HH:mm' }} allowClear={false} /></Form.Item>}
      {draft.when === 'recurring' && (
        <>
          <RhythmFields timeName="time" />
          <Flex gap="middle" wrap>
            <Form.Item name="from" label={t('plans.from')} rules={needed}><DatePicker allowClear={false} /></Form.Item>
            <Form.Item name="until" label={t('plans.until')} extra={t('plans.untilHint')}><DatePicker /></Form.Item>
          </Flex>
        </>
      )}
      <Form.Item name="hasBestHour" label={t('plans.bestHour')} extra={t('plans.bestHourHint')} valuePropName="checked"><Switch /></Form.Item>
      {draft.hasBestHour && (
        <Flex gap="middle" wrap>
          {(['earliest', 'latest', 'fallback'] as const).map((name) => <Form.Item key={name} name={name} label={t(`plans.${name}`)}><Select style={{ width: 120 }} options={hours.map((hour) => ({ value: hour, label: t('plans.hour', { hour }) }))} /></Form.Item>)}
        </Flex>
      )}
    </>
  );
}
