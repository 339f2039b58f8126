import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Stack, useMay } from '../../../../../web/kit.ts';
import { CalendarOutlined, PlusOutlined } from '../../../../../web/icons.tsx';
import { MeetingForm } from '../forms/meeting-form.tsx';
import { MinutesForm } from '../forms/minutes-form.tsx';
import type { ReadProject } from '../../../contract.ts';
import type { MeetingItem } from '../known-items.ts';
import { MeetingCard } from './meeting-card.tsx';

type Open = { form: 'meeting' | 'minutes'; itemNo: number | null } | null;

/** Meetings of a project: the next first, then what was held, the newest first. */
export function MeetingsTab({ planNo, projectNo, meetings, tasks }: { planNo: number; projectNo: number | null; meetings: Omit<MeetingItem, 'parentNo'>[]; tasks: ReadProject['fromMeetings'] }) {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  const [open, setOpen] = useState<Open>(null);
  const chosen = meetings.find(({ itemNo }) => itemNo === open?.itemNo) ?? null;
  const close = (): void => setOpen(null);
  const isAhead = ({ body }: Pick<MeetingItem, 'body'>): boolean => body.state === 'planned';
  const sorted = [...meetings].sort((a, b) => Number(isAhead(b)) - Number(isAhead(a)) || (isAhead(a) ? 1 : -1) * (a.body.at < b.body.at ? -1 : 1));
  const add = mayEdit && <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ form: 'meeting', itemNo: null })}>{t('meetings.new')}</Button>;
  return (
    <Stack>
      {meetings.length === 0 ? <EmptyState icon={<CalendarOutlined />} title={t('meetings.none')} hint={t('meetings.noneHint')} action={add} /> : <div>{add}</div>}
      {sorted.map((meeting) => <MeetingCard key={meeting.itemNo} planNo={planNo} projectNo={projectNo} meeting={meeting} tasks={tasks} onEdit={(form) => setOpen({ form, itemNo: meeting.itemNo })} />)}
      <MeetingForm planNo={planNo} projectNo={projectNo} item={chosen} open={open?.form === 'meeting'} onClose={close} />
      {chosen && <MinutesForm planNo={planNo} item={chosen} open={open?.form === 'minutes'} onClose={close} />}
    </Stack>
  );
}
