import { currentLocale } from '../../i18n/language.ts';
import { type GanttZoom, tickDays, zoomed } from './gantt-scale.ts';
import styles from './gantt.module.css';

/** The month one is in keeps its name at the edge until the next one comes. */
const labelWidth = 96;
/** A part of a year or month that is narrower has no name. */
const leastWidth = 48;
const forms = { year: { year: 'numeric' }, month: { year: 'numeric', month: 'short' }, shortMonth: { month: 'short' } } as const;

/** Months and days, or years and months, over what is in sight. */
export function GanttHead({ title, nameWidth, zoom, from, to, leftEdge, xOf }: { title: string; nameWidth: number; zoom: GanttZoom; from: string; to: string; leftEdge: number; xOf: (day: string) => number }) {
  const { major, minor } = zoomed[zoom];
  const text = (day: string, form: keyof typeof forms): string => new Intl.DateTimeFormat(currentLocale(), { ...forms[form], timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
  const majors = tickDays(from, to, major).filter((day, at, all) => xOf(all[at + 1] ?? to) - xOf(day) >= leastWidth);
  // A week or quarter that is cut off at the left edge has its name at the next one.
  const minors = tickDays(from, to, minor).filter((day, at) => at > 0 || minor === 'day' || (day.endsWith('-01') && minor !== 'quarter'));
  return (
    <div className={styles.head}>
      <div className={styles.corner} style={{ width: nameWidth }}>{title}</div>
      {majors.map((day, at) => <span key={day} className={`${styles.tick} ${styles.major}`} style={{ left: nameWidth + Math.max(xOf(day), Math.min(leftEdge, (at + 1 < majors.length ? xOf(majors[at + 1]) : Infinity) - labelWidth)) }}>{text(day, major)}</span>)}
      {minors.map((day) => <span key={day} className={`${styles.tick} ${styles.minor}`} style={{ left: nameWidth + xOf(day) }}>{minor === 'month' || minor === 'quarter' ? text(day, 'shortMonth') : Number(day.slice(8))}</span>)}
    </div>
  );
}
