import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { movedBar } from './gantt-scale.ts';
import type { GanttRow } from './gantt-row.ts';

export type BarPart = 'whole' | 'start' | 'end';
interface Moving {
  key: string;
  part: BarPart;
  days: number;
}
type Days = { from: string; to: string };

/** How long after the last key a bar is taken to stand where it should. */
const settleMs = 600;

/** Bars that are drawn elsewhere, by the mouse or by keys, before and while it is told. */
export function useBars(rows: readonly GanttRow[], dayWidth: number, onMove?: (key: string, days: Days) => Promise<unknown>) {
  const [moving, setMoving] = useState<Moving | null>(null);
  const [told, setTold] = useState<Record<string, Days>>({});
  const beganAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // What was told is in the rows that come after it.
  useEffect(() => setTold({}), [rows]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const daysOf = ({ key, from, to }: GanttRow): Days | null => {
    const at = told[key] ?? (from && to ? { from, to } : null);
    return at && moving?.key === key ? movedBar(at, moving.part, moving.days) : at;
  };
  const settle = (row: GanttRow, moved: Moving | null): void => {
    const before = told[row.key] ?? (row.from && row.to ? { from: row.from, to: row.to } : null);
    setMoving(null);
    if (!moved || moved.days === 0 || !before || !onMove) return;
    const after = movedBar(before, moved.part, moved.days);
    setTold((all) => ({ ...all, [row.key]: after }));
    onMove(row.key, after).catch(() => setTold(({ [row.key]: _refused, ...others }) => others));
  };
  const isMovable = (row: GanttRow): boolean => onMove !== undefined && row.isMovable && row.from !== null;
  return {
    daysOf,
    isMovable,
    /** Handlers of one part of a bar. */
    drag: (row: GanttRow, part: BarPart) => (isMovable(row) ? {
      onPointerDown(event: PointerEvent) {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        beganAt.current = event.clientX;
        setMoving({ key: row.key, part, days: 0 });
      },
      onPointerMove: (event: PointerEvent) => moving?.key === row.key && event.currentTarget.hasPointerCapture(event.pointerId) && setMoving({ key: row.key, part: moving.part, days: Math.round((event.clientX - beganAt.current) / dayWidth) }),
      onPointerUp: () => settle(row, moving),
      onPointerCancel: () => setMoving(null),
    } : {}),
    /** Moves a bar by keys; it is told when they rest. */
    nudge(row: GanttRow, part: BarPart, days: number): void {
      if (!isMovable(row)) return;
      const next = { key: row.key, part, days: (moving?.key === row.key && moving.part === part ? moving.days : 0) + days };
      const before = moving && rows.find(({ key }) => key === moving.key);
      if (before && (before.key !== row.key || moving.part !== part)) settle(before, moving);
      setMoving(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => settle(row, next), settleMs);
    },
  };
}
export type Bars = ReturnType<typeof useBars>;
