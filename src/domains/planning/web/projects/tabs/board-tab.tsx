import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Loaded, StageBoard, Tag, useEndpoint, useFormat, useMay } from '../../../../../web/kit.ts';
import { type BoardCard, firstCards, readProjectBoard, type TaskState } from '../../../contract.ts';
import { useItemActions } from '../../frame/use-items.tsx';
import { stateChange } from '../known-items.ts';

/** So many cards more of a column, and no more than that in all: the list has them. */
const [moreCards, mostCards] = [100, 1_000];
/** What was given up is late for nobody. */
const isOpen = (state: TaskState): boolean => state !== 'done' && state !== 'dropped';

/** Tasks by their state, the first of each and more where they are asked for; a card that is put among the done ones was done today. */
export function BoardTab({ planNo, projectNo, onOpen }: { planNo: number; projectNo: number; onOpen: (itemNo: number) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const [shown, setShown] = useState<Partial<Record<TaskState, number>>>({});
  // What was moved last is shown wherever its column has it, so that it is not lost below the first ones.
  const [moved, setMoved] = useState<number>();
  // It stands where it was put until an answer says where it is.
  const [placed, setPlaced] = useState<{ itemNo: number; version: number; state: TaskState } | null>(null);
  const board = useEndpoint(readProjectBoard, { params: { planNo, itemNo: projectNo }, query: { ...shown, also: moved } });
  const foot = ({ owner, department, to, doneOn, lateDays }: BoardCard, state: TaskState, today: string) => (
    <>
      {owner && <span>{owner}</span>}
      {department && <span>{department}</span>}
      {doneOn ? <span>{t('projects.doneAt', { day: format.date(doneOn) })}</span> : to && <span>{t('projects.dueAt', { day: format.date(to) })}</span>}
      {isOpen(state) && to !== null && to < today ? <Tag color="error">{t('projects.overdue')}</Tag> : isOpen(state) && lateDays > 0 && <Tag color="warning">{t('projects.lateBy', { count: lateDays })}</Tag>}
    </>
  );
  return (
    <Loaded from={board}>
      {({ columns, today }) => (
        <StageBoard<TaskState>
          stages={columns.map(({ state, total, cards }) => ({
            key: state, title: t(`projects.taskStateOf.${state}`), total: cards.length < total ? t('projects.firstOf', { shown: cards.length, total: format.number(total) }) : format.number(total),
            more: cards.length < total && cards.length < mostCards && <Button type="text" size="small" block loading={board.isFetching && board.isPlaceholderData} onClick={() => setShown((before) => ({ ...before, [state]: Math.min(mostCards, (before[state] ?? firstCards) + moreCards) }))}>{t('projects.moreCards', { count: Math.min(moreCards, total - cards.length) })}</Button>,
          }))}
          cards={columns.flatMap(({ state, cards }) => cards.map((card) => ({
            key: String(card.itemNo), stage: placed?.itemNo === card.itemNo && placed.version === card.version ? placed.state : state, name: card.name, foot: foot(card, state, today),
            title: <Button type="link" size="small" onClick={() => onOpen(card.itemNo)} style={{ paddingInline: 0, height: 'auto', whiteSpace: 'normal', textAlign: 'start' }}>{card.name}</Button>,
          })))}
          none={t('projects.noTaskHere')}
          handleLabel={(name) => t('projects.moveTask', { name })}
          {...(mayEdit ? { onMove: (key: string, state: TaskState) => {
            const card = columns.flatMap(({ cards }) => cards).find(({ itemNo }) => String(itemNo) === key);
            if (!card) return;
            setMoved(card.itemNo);
            setPlaced({ ...card, state });
            void actions.edit({ ...card, kind: 'task' }, stateChange(state, today)).catch(() => setPlaced(null));
          } } : {})}
        />
      )}
    </Loaded>
  );
}
