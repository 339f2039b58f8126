import { addDays } from '../../../kernel/day.ts';
import type { Bars } from './use-bars.ts';
import type { GanttRow } from './gantt-row.ts';
import styles from './gantt.module.css';

export const rowHeight = 32;
const barHeight = 18;
const gripWidth = 8;

/** One bar, or the diamond of a milestone, with what it will be late by. */
export function GanttBar({ row, at, xOf, bars, label, isActive, onFocus }: { row: GanttRow; at: number; xOf: (day: string) => number; bars: Bars; label: string; isActive: boolean; onFocus: () => void }) {
  const days = bars.daysOf(row);
  if (!days) return null;
  const [x, end] = [xOf(days.from), xOf(addDays(days.to, 1))];
  const y = at * rowHeight + (rowHeight - barHeight) / 2;
  const lateEnd = row.ends && !row.isDone && row.ends > days.to ? xOf(addDays(row.ends, 1)) : null;
  const middle = at * rowHeight + rowHeight / 2;
  const className = [styles.bar, row.isDone ? styles.done : '', row.isCritical ? styles.critical : '', bars.isMovable(row) ? styles.movable : ''].join(' ');
  const shape = row.isMilestone
    ? <path d={`M${x} ${middle - 9}l9 9-9 9-9-9z`} className={className} {...bars.drag(row, 'whole')} />
    : (
      <>
        <rect x={x} y={y} width={Math.max(4, end - x)} height={barHeight} rx={4} className={className} {...bars.drag(row, 'whole')} />
        {bars.isMovable(row) && <rect x={x - 2} y={y} width={gripWidth} height={barHeight} className={styles.grip} {...bars.drag(row, 'start')} />}
        {bars.isMovable(row) && <rect x={end - gripWidth + 2} y={y} width={gripWidth} height={barHeight} className={styles.grip} {...bars.drag(row, 'end')} />}
      </>
    );
  return (
    <g data-gantt-bar={row.key} role="button" tabIndex={isActive ? 0 : -1} aria-label={label} className={styles.item} onFocus={onFocus}>
      <title>{label}</title>
      {lateEnd !== null && <rect x={row.isMilestone ? x : end} y={y + 4} width={Math.max(0, lateEnd - (row.isMilestone ? x : end))} height={barHeight - 8} className={styles.late} />}
      {shape}
      <text x={(lateEnd ?? (row.isMilestone ? x + 6 : end)) + 8} y={middle} className={styles.label}>{row.note ?? ''}</text>
    </g>
  );
}
