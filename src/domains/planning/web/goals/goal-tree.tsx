import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dropdown, Link, Tag, useBranchDrag, useHandleFocus, useMay } from '../../../../web/kit.ts';
import { HolderOutlined, MoreOutlined } from '../../../../web/icons.tsx';
import type { GoalState } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';
import { type Place, useItemActions } from '../frame/use-items.tsx';
import { placeAfterStep } from './goal-places.ts';
import { GoalFigures } from './goal-figures.tsx';
import type { GoalItem } from './goal-form.tsx';
import styles from './goals.module.css';

export interface GoalTreeProps {
  planNo: number;
  goals: GoalItem[];
  states: ReadonlyMap<number, GoalState>;
  onEdit: (goal: GoalItem) => void;
  onAdd: (parent: GoalItem) => void;
}

const rootId = 'plan';
const steps: Record<string, 'up' | 'down' | 'in' | 'out'> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' };
const levelColors = { core: 'gold', secondary: 'blue', process: 'default' } as const;

/** Goals under the goals they serve; a goal is dragged by its handle, or moved with the arrow keys on it. */
export function GoalTree({ planNo, goals, states, onEdit, onAdd }: GoalTreeProps) {
  const { t } = useTranslation('planning');
  const text = useMetricText();
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const keepFocus = useHandleFocus();
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const under = (parentNo: number | null): GoalItem[] => goals.filter((goal) => goal.parentNo === parentNo);
  const move = (itemNo: number, to: Place): void => {
    keepFocus(String(itemNo));
    void actions.move(itemNo, to).catch(() => undefined);
  };
  const drag = useBranchDrag((id, groupId, index) => {
    const parentNo = groupId === rootId ? null : Number(groupId);
    const beside = under(parentNo).filter(({ itemNo }) => itemNo !== Number(id));
    // Where it stood itself does not count.
    const own = under(parentNo).findIndex(({ itemNo }) => itemNo === Number(id));
    const at = own >= 0 && own < index ? index - 1 : index;
    move(Number(id), { parentNo, afterNo: beside[at - 1]?.itemNo ?? null });
  });
  const onKeyDown = (event: KeyboardEvent, itemNo: number): void => {
    const to = steps[event.key] && placeAfterStep(goals, itemNo, steps[event.key]);
    if (!to) return;
    event.preventDefault();
    move(itemNo, to);
  };
  const toggle = (itemNo: number): void => setClosed((before) => {
    const after = new Set(before);
    if (!after.delete(itemNo)) after.add(itemNo);
    return after;
  });
  const part = (goal: GoalItem, index: number) => {
    const { itemNo, parentNo, body } = goal;
    const [group, children, state] = [parentNo === null ? rootId : String(parentNo), under(itemNo), states.get(itemNo)];
    const isOpen = !closed.has(itemNo);
    return (
      <li key={itemNo}>
        <div data-part={itemNo} {...drag.rowProps(group, index)} className={[styles.row, drag.isDragged(String(itemNo)) ? styles.dragged : '', drag.isOver(group, index) ? styles.over : ''].join(' ')}>
          {mayEdit ? (
            <button type="button" className={styles.handle} data-handle={itemNo} aria-label={t('goals.handle', { name: body.name })} title={t('goals.handle', { name: body.name })} onKeyDown={(event) => onKeyDown(event, itemNo)} {...drag.handleProps(String(itemNo))}><HolderOutlined aria-hidden /></button>
          ) : <span />}
          <div className={[styles.name, drag.isOver(String(itemNo), children.length) ? styles.into : ''].join(' ')} {...drag.endProps(String(itemNo), children.length)}>
            <div className={styles.title}>
              <Tag color={levelColors[body.level]} style={{ marginInlineEnd: 0 }}>{t(`goals.levels.${body.level}`)}</Tag>
              <Link to={`/plan/goals/${itemNo}?plan=${planNo}`}>{body.name}</Link>
              {children.length > 0 && <Button type="text" size="small" aria-expanded={isOpen} onClick={() => toggle(itemNo)}>{t(isOpen ? 'goals.fold' : 'goals.unfold', { count: children.length })}</Button>}
            </div>
            <div className={styles.small}>{[body.metric ? text.label(body.metric) : t('goals.typedIn'), body.owner?.name].filter(Boolean).join(' · ')}</div>
          </div>
          {state ? <GoalFigures state={state} body={body} /> : <span />}
          {mayEdit && (
            <Dropdown
              trigger={['click']}
              menu={{ items: [{ key: 'edit', label: t('goals.edit') }, { key: 'add', label: t('goals.addUnder') }, { key: 'remove', label: t('goals.remove'), danger: true }], onClick: ({ key }) => (key === 'edit' ? onEdit(goal) : key === 'add' ? onAdd(goal) : void actions.remove(itemNo).catch(() => undefined)) }}
            >
              <Button type="text" icon={<MoreOutlined />} aria-label={t('goals.more', { name: body.name })} />
            </Dropdown>
          )}
        </div>
        {isOpen && children.length > 0 && <ul className={styles.children}>{children.map(part)}</ul>}
      </li>
    );
  };
  const roots = under(null);
  return (
    <div>
      <ul className={styles.tree} aria-label={t('goals.title')}>{roots.map(part)}</ul>
      <div className={styles.end} {...drag.endProps(rootId, roots.length)} />
    </div>
  );
}
