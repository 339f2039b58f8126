import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { DatePicker, Form, Input, InputNumber, Select, useSession } from '../../../../../web/kit.ts';
import { momentAt, type Wall, wallOf } from '../../../../../kernel/wall-clock.ts';
import { meetingStates, type Participant } from '../../../contract.ts';
import type { MeetingItem } from '../known-items.ts';
import { ParticipantsSelect } from './fields.tsx';
import { ItemForm } from './item-form.tsx';

interface MeetingValues {
  name: string;
  at: Wall;
  lengthMinutes: number;
  place: string;
  state: (typeof meetingStates)[number];
  participants: Participant[];
  agenda: string;
}

/** A new meeting, or when, where and with whom one is. */
export function MeetingForm({ planNo, projectNo, item, open, onClose }: { planNo: number; projectNo: number | null; item: Pick<MeetingItem, 'itemNo' | 'version' | 'body'> | null; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const { timeZone } = useSession().brand;
  const initial: Partial<MeetingValues> = item ? { ...item.body, at: dayjs(wallOf(item.body.at, timeZone)) } : { name: '', at: dayjs().add(1, 'day').hour(10).minute(0).second(0), lengthMinutes: 60, place: '', state: 'planned', participants: [], agenda: '' };
  return (
    <ItemForm<'meeting', MeetingValues>
      planNo={planNo} kind="meeting" item={item} parentNo={projectNo} open={open} onClose={onClose} title={t(item ? 'meetings.edit' : 'meetings.new')}
      initial={initial} bodyOf={({ at, ...values }) => ({ ...values, at: momentAt(at, timeZone) })}
    >
      <Form.Item name="name" label={t('meetings.name')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input maxLength={200} autoFocus /></Form.Item>
      <Form.Item name="at" label={t('meetings.at')} extra={t('meetings.zone', { zone: timeZone })} rules={[{ required: true, message: t('projects.needed') }]}><DatePicker showTime={{ format: 'HH:mm', minuteStep: 5 }} allowClear={false} style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="lengthMinutes" label={t('meetings.length')} rules={[{ required: true, message: t('projects.needed') }]}><InputNumber min={5} max={1_440} step={15} suffix={t('meetings.minutesUnit')} style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="place" label={t('meetings.place')}><Input maxLength={300} placeholder={t('meetings.placePlaceholder')} /></Form.Item>
      <Form.Item name="participants" label={t('meetings.participants')} extra={t('meetings.participantsHint')}><ParticipantsSelect /></Form.Item>
      <Form.Item name="agenda" label={t('meetings.agenda')}><Input.TextArea maxLength={8_000} autoSize={{ minRows: 3, maxRows: 10 }} /></Form.Item>
      {item && <Form.Item required name="state" label={t('projects.state')}><Select options={meetingStates.map((value) => ({ value, label: t(`meetings.stateOf.${value}`) }))} /></Form.Item>}
    </ItemForm>
  );
}
