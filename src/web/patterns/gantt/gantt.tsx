import { Grid } from 'antd';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { addDays, daysBetween } from '../../../kernel/day.ts';
import { GanttBar, rowHeight } from './gantt-bar.tsx';
import { GanttHead } from './gantt-head.tsx';
import type { GanttRow } from './gantt-row.ts';
import { dependencyPath, type GanttZoom, rowsSeen, spanOf, zoomed } from './gantt-scale.ts';
import styles from './gantt.module.css';
import { type BarPart, type Bars, useBars } from './use-bars.ts';
import { useScrolled } from './use-scrolled.ts';

export interface GanttProps {
  rows: readonly GanttRow[];
  today: string;
  zoom: GanttZoom;
  /** The day to begin with, where that is not today. */
  start?: string;
  /** What the rows are, over their names. */
  title: string;
  /** The whole of it in words, for who hears it. */
  describe: (row: GanttRow, days: { from: string; to: string }) => string;
  onOpen: (key: string) => void;
  /** Without it bars stay where they are. A refusal puts the bar back. */
  onMove?: (key: string, days: { from: string; to: string }) => Promise<unknown>;
}

const spare = 400;

/** Work over time: bars are dragged, or moved by the arrow keys, with Shift by their end; only what is in sight is drawn. */
export function Gantt({ rows, today, zoom, start = today, title, describe, onOpen, onMove }: GanttProps) {
  const { dayWidth, minor } = zoomed[zoom];
  const isNarrow = Grid.useBreakpoint().md === false;
  const nameWidth = isNarrow ? 132 : 240;
  const [frame, seen] = useScrolled();
  const [active, setActive] = useState(0);
  const bars = useBars(rows, dayWidth, onMove);
  const span = useMemo(() => spanOf(rows.flatMap(({ from, to, ends }) => [from, to, ends].filter((day) => day !== null)), today), [rows, today]);
  const places = useMemo(() => new Map(rows.map(({ key }, at) => [key, at])), [rows]);
  const xOf = (day: string): number => daysBetween(span.from, day) * dayWidth;
  const width = xOf(span.to);
  const { first, last } = rowsSeen(seen.top, seen.height, rowHeight, rows.length);
  const [left, right] = [Math.max(0, seen.left - spare), Math.min(width, seen.left + seen.width + spare)];
  const focusNext = useRef(false);
  useEffect(() => {
    // Of what is over nothing would be seen around today.
    const days = rows.flatMap(({ from, to }) => [from, to].filter((day) => day !== null)).sort();
    const begin = start === today && days.length > 0 && days[days.length - 1] < today ? days[0] : start;
    if (frame.current) frame.current.scrollLeft = Math.max(0, xOf(begin) - (begin === today ? 160 : 0));
    // The place to begin with is that of today or of the days that are looked at, for each zoom; afterwards the reader's own.
  }, [zoom]);
  useEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    frame.current?.querySelector<SVGElement>(`[data-gantt-bar="${rows[active]?.key}"]`)?.focus();
  }, [active, seen, rows, frame]);
  const go = (at: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, at));
    focusNext.current = true;
    setActive(next);
    const element = frame.current;
    if (!element) return;
    const [top, bottom] = [next * rowHeight, (next + 2) * rowHeight + 48];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[active];
    const days = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10 }[event.key];
    if (!row || (days === undefined && step === undefined && event.key !== 'Enter')) return;
    event.preventDefault();
    const part: BarPart = event.shiftKey && !row.isMilestone ? 'end' : 'whole';
    if (days !== undefined) bars.nudge(row, part, days);
    else if (step !== undefined) go(active + step);
    else onOpen(row.key);
  };
  const seenRows = rows.slice(first, last + 1);
  return (
    <div ref={frame} className={styles.frame}>
      <div className={styles.canvas} style={{ width: nameWidth + width }}>
        <GanttHead leftEdge={seen.left} title={title} nameWidth={nameWidth} zoom={zoom} from={addDays(span.from, Math.floor(left / dayWidth))} to={addDays(span.from, Math.ceil(right / dayWidth))} xOf={xOf} />
        <div style={{ position: 'relative', height: Math.max(rows.length, 1) * rowHeight }}>
          <div className={styles.names} style={{ width: nameWidth, height: '100%' }}>
            {seenRows.map(({ key, name }, at) => <button key={key} type="button" className={styles.name} style={{ top: (first + at) * rowHeight }} title={name} onClick={() => onOpen(key)}>{name}</button>)}
          </div>
          <svg className={styles.drawing} style={{ left: nameWidth + left, top: first * rowHeight }} width={right - left} height={(last - first + 1) * rowHeight} viewBox={`${left} ${first * rowHeight} ${right - left} ${(last - first + 1) * rowHeight}`} role="group" aria-label={title} onKeyDown={onKeyDown}>
            <defs><marker id="gantt-arrow" viewBox="0 0 6 6" refX={5} refY={3} markerWidth={6} markerHeight={6} orient="auto"><path d="M0 0l6 3-6 3z" className={styles.arrow} /></marker></defs>
            {seenRows.map(({ key }, at) => <line key={key} x1={left} x2={right} y1={(first + at + 1) * rowHeight - 0.5} y2={(first + at + 1) * rowHeight - 0.5} className={styles.row} />)}
            <Dependencies rows={rows} places={places} bars={bars} xOf={xOf} seen={{ first, last }} />
            {seenRows.map((row, at) => {
              const days = bars.daysOf(row);
              return <GanttBar key={row.key} row={row} at={first + at} xOf={xOf} bars={bars} label={days ? describe(row, days) : row.name} isActive={first + at === Math.max(first, Math.min(active, last))} onFocus={() => setActive(first + at)} />;
            })}
            <line x1={xOf(today) + (minor === 'day' ? dayWidth / 2 : 0)} x2={xOf(today) + (minor === 'day' ? dayWidth / 2 : 0)} y1={first * rowHeight} y2={(last + 1) * rowHeight} className={styles.today} />
          </svg>
        </div>
      </div>
    </div>
  );
}

function Dependencies({ rows, places, bars, xOf, seen }: { rows: readonly GanttRow[]; places: ReadonlyMap<string, number>; bars: Bars; xOf: (day: string) => number; seen: { first: number; last: number } }) {
  const centre = (at: number): number => at * rowHeight + rowHeight / 2;
  return rows.flatMap((row, at) => row.dependsOn.flatMap((key) => {
    const before = places.get(key);
    if (before === undefined || Math.max(before, at) < seen.first || Math.min(before, at) > seen.last) return [];
    const [own, other] = [bars.daysOf(row), bars.daysOf(rows[before])];
    if (!own || !other) return [];
    const [fromX, toX] = [rows[before].isMilestone ? xOf(other.to) + 9 : xOf(addDays(other.to, 1)), row.isMilestone ? xOf(own.from) - 9 : xOf(own.from)];
    return <path key={`${key}-${row.key}`} d={dependencyPath(fromX, centre(before), toX, centre(at))} className={styles.line} markerEnd="url(#gantt-arrow)" />;
  }));
}
