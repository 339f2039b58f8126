import type { ReactNode } from 'react';
import { useFormat } from '../i18n/use-format.ts';
import { groupByDay } from './timeline-days.ts';
import styles from './patterns.module.css';

/** One thing that happened. */
export interface TimelineItem {
  key: string | number;
  /** ISO moment. */
  at: string;
  title: ReactNode;
  body?: ReactNode;
  icon?: ReactNode;
}

/** What happened, day by day in the brand's time zone, in the order given. */
export function Timeline({ items }: { items: TimelineItem[] }) {
  const format = useFormat();
  return (
    <div>
      {groupByDay(items, (item) => format.date(item.at)).map(({ day, items: ofDay }) => (
        <section key={`${day}-${ofDay[0]?.key}`}>
          <h3 className={styles.timelineDay}>{day}</h3>
          <ol className={styles.timeline}>
            {ofDay.map((item) => (
              <li key={item.key} className={styles.timelineItem}>
                <span className={styles.timelineIcon} aria-hidden>
                  {item.icon ?? <span className={styles.timelineDot} />}
                </span>
                <span>{item.title}</span>
                <time className={styles.timelineTime} dateTime={item.at}>
                  {format.time(item.at)}
                </time>
                {item.body && <div className={styles.timelineBody}>{item.body}</div>}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
