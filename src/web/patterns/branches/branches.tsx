import type { KeyboardEvent, ReactNode } from 'react';
import { HolderOutlined } from '../../icons.tsx';
import styles from './branches.module.css';
import type { BranchDrag } from './use-branch-drag.ts';

/** Parts that stand together under one head, nested as deep as they are. */
export interface BranchProps {
  id: string;
  head: ReactNode;
  /** At the end of the head. */
  extra?: ReactNode;
  /** What joins the parts, between two of them: and, or. */
  joint: string;
  /** The parts, each a `BranchPart`. */
  children: ReactNode[];
  /** What stands where there is no part yet. */
  empty: ReactNode;
  foot: ReactNode;
  drag: BranchDrag;
  isRoot?: boolean;
}

export function Branch({ id, head, extra, joint, children, empty, foot, drag, isRoot = false }: BranchProps) {
  return (
    <section className={isRoot ? styles.root : styles.branch}>
      <div className={styles.head}>
        {head}
        {extra && <div className={styles.headExtra}>{extra}</div>}
      </div>
      <ol className={styles.parts}>
        {children.map((part, index) => (
          <li key={(part as { key?: string | null }).key ?? index} className={styles.part}>
            {index > 0 && <span className={styles.joint}>{joint}</span>}
            {part}
          </li>
        ))}
      </ol>
      <div className={drag.isOver(id, children.length) ? styles.endOver : styles.end} {...drag.endProps(id, children.length)}>
        {children.length === 0 && <div className={styles.empty}>{empty}</div>}
        {foot}
      </div>
    </section>
  );
}

/** One part of a branch: a handle to move it by, what it is, what it does, what can be done with it. */
export interface BranchPartProps {
  id: string;
  groupId: string;
  index: number;
  children: ReactNode;
  figure?: ReactNode;
  menu: ReactNode;
  drag: BranchDrag;
  handleLabel: string;
  /** The arrow keys on the handle. */
  onStep: (step: 'up' | 'down' | 'out' | 'in') => void;
  onRemove: () => void;
  tone?: 'plain' | 'bad' | 'muted';
  /** A branch brings a frame of its own. */
  isBranch?: boolean;
}

const steps: Record<string, 'up' | 'down' | 'out' | 'in'> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' };

export function BranchPart(props: BranchPartProps) {
  const { id, groupId, index, drag, tone = 'plain', isBranch = false } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (!step && event.key !== 'Delete') return;
    event.preventDefault();
    if (step) props.onStep(step);
    else props.onRemove();
  };
  const classes = [styles.row, isBranch ? styles.rowBranch : '', styles[tone], drag.isDragged(id) ? styles.dragged : '', drag.isOver(groupId, index) ? styles.over : ''];
  return (
    <div className={classes.join(' ')} data-part={id} {...drag.rowProps(groupId, index)}>
      <button type="button" className={styles.handle} aria-label={props.handleLabel} title={props.handleLabel} data-handle={id} onKeyDown={onKeyDown} {...drag.handleProps(id)}>
        <HolderOutlined aria-hidden />
      </button>
      <div className={styles.body}>{props.children}</div>
      {props.figure && <div className={styles.figure}>{props.figure}</div>}
      <div className={styles.menu}>{props.menu}</div>
    </div>
  );
}

/** How many are left, and how much of what was there before. */
export function NarrowingFigure({ value, share, note, hint, isOld }: { value: string; share: number; note: string; hint: string; isOld: boolean }) {
  return (
    <div className={isOld ? styles.narrowingOld : styles.narrowing} title={hint}>
      <div className={styles.narrowingValue}>{value}</div>
      <div className={styles.narrowingBar} aria-hidden>
        <div className={styles.narrowingPart} style={{ width: `${Math.min(100, Math.max(share > 0 ? 1 : 0, share * 100))}%` }} />
      </div>
      <div className={styles.narrowingNote}>{note}</div>
    </div>
  );
}
