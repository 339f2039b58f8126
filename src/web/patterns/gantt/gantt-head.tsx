import { currentLocale } from '../../i18n/language.ts';
import { type GanttZoom, tickDays, zoomed } from './gantt-scale.ts';
import styles from './gantt.module.css';

const forms = { year: { year: 'numeric' }, month: { year: 'numeric', month: 'short' }, shortMonth: { month: 'short' } } as const;

/** Months and days, or years and months, over what is in sight. */
export function GanttHead({ title, nameWidth, zoom, from, to, xOf }: { title: string; nameWidth: number; zoom: GanttZoom; from: string; to: string; xOf: (day: string) => number }) {
  const { major, minor } = zoomed[zoom];
  const text = (day: string, form: keyof typeof forms): string => new Intl.DateTimeFormat(currentLocale(), { ...forms[form], timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
  // A week that is cut off at the left edge has its name at the next one.
  const minors = tickDays(from, to, minor).filter((day, at) => at > 0 || minor === 'day' || day.endsWith('-01'));
  return (
    <div className={styles.head}>
      <div className={styles.corner} style={{ width: nameWidth }}>{title}</div>
      {tickDays(from, to, major).map((day) => <span key={day} className={`${styles.tick} ${styles.major}`} style={{ left: nameWidth + xOf(day) }}>{text(day, major)}</span>)}
      {minors.map((day) => <span key={day} className={`${styles.tick} ${styles.minor}`} style={{ left: nameWidth + xOf(day) }}>{minor === 'month' ? text(day, 'shortMonth') : Number(day.slice(8))}</span>)}
    </div>
  );
}
