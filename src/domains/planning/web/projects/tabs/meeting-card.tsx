import { useTranslation } from 'react-i18next';
import { Button, DescriptionList, Flex, Section, Stack, Tag, Typography, useFormat, useMay } from '../../../../../web/kit.ts';
import { useItemActions } from '../../frame/use-items.tsx';
import { InviteButton } from './invite-button.tsx';
import type { ReadProject } from '../../../contract.ts';
import type { MeetingItem } from '../known-items.ts';

const colours = { planned: 'processing', held: 'success', cancelled: 'default' } as const;

/** One meeting; what was decided becomes a task by one press. */
export function MeetingCard({ planNo, projectNo, meeting, tasks, onEdit }: { planNo: number; projectNo: number | null; meeting: Omit<MeetingItem, 'parentNo'>; tasks: ReadProject['fromMeetings']; onEdit: (form: 'meeting' | 'minutes') => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const { itemNo, body: { name, at, lengthMinutes, place, state, participants, agenda, minutes, decisions } } = meeting;
  const own = tasks.filter(({ meetingNo }) => meetingNo === itemNo);
  const toTask = (decision: string): void => void actions.add('task', { name: decision.slice(0, 200), note: '', owner: null, department: '', from: null, to: null, state: 'todo', estimateHours: null, doneOn: null, dependsOn: [], meetingNo: itemNo }, { parentNo: projectNo, afterNo: null }).catch(() => undefined);
  return (
    <Section
      title={<Flex gap={8} wrap align="center"><span>{name}</span><Tag color={colours[state]}>{t(`meetings.stateOf.${state}`)}</Tag></Flex>}
      extra={mayEdit && <Flex gap={8} wrap justify="end">{state !== 'held' && <InviteButton planNo={planNo} itemNo={itemNo} version={meeting.version} />}<Button size="small" onClick={() => onEdit('meeting')}>{t('meetings.editShort')}</Button>{state !== 'cancelled' && <Button size="small" type={state === 'planned' ? 'default' : 'text'} onClick={() => onEdit('minutes')}>{t('meetings.writeMinutes')}</Button>}</Flex>}
    >
      <Stack>
        <DescriptionList columns={3} items={[
          { label: t('meetings.at'), value: `${format.dateTime(at)} · ${t('meetings.minutesLong', { count: lengthMinutes })}` },
          { label: t('meetings.place'), value: place || undefined },
          { label: t('meetings.participants'), value: participants.map((each) => each.name).join(t('document.comma')) || undefined },
        ]} />
        {agenda && <Words title={t('meetings.agenda')} text={agenda} />}
        {minutes && <Words title={t('meetings.minutes')} text={minutes} />}
        {decisions.length > 0 && (
          <div>
            <Typography.Text strong>{t('meetings.decisions')}</Typography.Text>
            <ol style={{ margin: '4px 0 0', paddingInlineStart: 20 }}>
              {decisions.map((decision) => {
                const task = own.find((each) => each.name === decision.slice(0, 200));
                return (
                  <li key={decision} style={{ paddingBlock: 4 }}>
                    <Flex gap={8} justify="space-between" align="start">
                      <span style={{ overflowWrap: 'anywhere' }}>{decision}</span>
                      {task ? <Tag color={task.state === 'done' ? 'success' : 'default'}>{t('meetings.isTask', { state: t(`projects.taskStateOf.${task.state}`) })}</Tag> : mayEdit && <Button size="small" loading={actions.isBusy} onClick={() => toTask(decision)}>{t('meetings.toTask')}</Button>}
                    </Flex>
                  </li>
                );
              })}
            </ol>
          </div>
        )}
      </Stack>
    </Section>
  );
}

function Words({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <Typography.Text strong>{title}</Typography.Text>
      <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{text}</div>
    </div>
  );
}
