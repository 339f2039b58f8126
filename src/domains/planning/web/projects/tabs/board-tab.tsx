import { useTranslation } from 'react-i18next';
import { Button, StageBoard, Tag, useFormat } from '../../../../../web/kit.ts';
import { taskStates, type TaskState } from '../../../contract.ts';
import type { TaskItem } from '../known-items.ts';

/** More cards than this in a column are counted; the list has them. */
const mostCards = 100;

/** Tasks by their state; a card that is put among the done ones was done today. */
export function BoardTab({ tasks, today, onOpen, onMove }: { tasks: TaskItem[]; today: string; onOpen: (itemNo: number) => void; onMove?: (task: TaskItem, state: TaskState) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const columns = taskStates.map((state) => ({ state, own: tasks.filter(({ body }) => body.state === state) }));
  const shown = columns.flatMap(({ own }) => own.slice(0, mostCards));
  return (
    <StageBoard<TaskState>
      stages={columns.map(({ state, own }) => ({ key: state, title: t(`projects.taskStateOf.${state}`), total: own.length > mostCards ? t('projects.firstOf', { shown: mostCards, total: format.number(own.length) }) : format.number(own.length) }))}
      cards={shown.map(({ itemNo, body: { name, owner, department, to, state, doneOn }, lateDays }) => ({
        key: String(itemNo), stage: state, name,
        title: <Button type="link" size="small" onClick={() => onOpen(itemNo)} style={{ paddingInline: 0, height: 'auto', whiteSpace: 'normal', textAlign: 'start' }}>{name}</Button>,
        foot: (
          <>
            {owner && <span>{owner.name}</span>}
            {department && <span>{department}</span>}
            {doneOn ? <span>{t('projects.doneAt', { day: format.date(doneOn) })}</span> : to && <span>{t('projects.dueAt', { day: format.date(to) })}</span>}
            {state !== 'done' && to !== null && to < today ? <Tag color="error">{t('projects.overdue')}</Tag> : state !== 'done' && lateDays > 0 && <Tag color="warning">{t('projects.lateBy', { count: lateDays })}</Tag>}
          </>
        ),
      }))}
      none={t('projects.noTaskHere')}
      handleLabel={(name) => t('projects.moveTask', { name })}
      {...(onMove ? { onMove: (key: string, state: TaskState) => {
        const task = tasks.find(({ itemNo }) => String(itemNo) === key);
        if (task) onMove(task, state);
      } } : {})}
    />
  );
}
