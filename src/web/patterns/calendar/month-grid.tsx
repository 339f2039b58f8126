import { Grid } from 'antd';
import type { ReactNode } from 'react';
import type { Day } from '../../../kernel/day.ts';
import { currentLocale } from '../../i18n/language.ts';
import styles from './calendar.module.css';
import { monthDays } from './month-days.ts';

export interface MonthGridProps {
  /** `2026-06` */
  month: string;
  today: Day;
  /** What stands on a day; nothing where it is undefined. */
  content: (day: Day) => ReactNode | undefined;
  /** What a narrow screen says where no day of the month has anything. */
  none: ReactNode;
}

const name = (day: Day, options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(currentLocale(), { timeZone: 'UTC', ...options }).format(new Date(`${day}T12:00:00Z`));

/** A month as a calendar; on a narrow screen, the days that have something, one below the other. */
export function MonthGrid({ month, today, content, none }: MonthGridProps) {
  const isNarrow = Grid.useBreakpoint().md === false;
  const days = monthDays(month);
  if (isNarrow) {
    const filled = days.filter((day) => day.startsWith(month) && content(day) !== undefined);
    if (filled.length === 0) return none;
    return (
      <div className={styles.agenda}>
        {filled.map((day) => (
          <div key={day} className={styles.agendaDay}>
            <span className={styles.date}>{name(day, { month: 'short', day: 'numeric', weekday: 'short' })}</span>
            {content(day)}
          </div>
        ))}
      </div>
    );
  }
  return (
    <div className={styles.grid}>
      {days.slice(0, 7).map((day) => <div key={day} className={styles.weekday}>{name(day, { weekday: 'short' })}</div>)}
      {days.map((day) => (
        <div key={day} className={[styles.day, day.startsWith(month) ? '' : styles.outside, day === today ? styles.today : ''].join(' ')}>
          <span className={styles.date}>{Number(day.slice(8))}</span>
          {content(day)}
        </div>
      ))}
    </div>
  );
}
