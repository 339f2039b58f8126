import styles from './gantt.module.css';

/** What is drawn how in a Gantt chart. */
export function GanttLegend({ words }: { words: Record<'planned' | 'done' | 'late' | 'critical' | 'milestone' | 'today', string> }) {
  const signs = {
    planned: <rect x={1} y={4} width={22} height={10} rx={3} className={styles.bar} />,
    done: <rect x={1} y={4} width={22} height={10} rx={3} className={`${styles.bar} ${styles.done}`} />,
    late: <rect x={1} y={5} width={22} height={8} className={styles.late} />,
    critical: <rect x={2} y={4} width={20} height={10} rx={3} className={`${styles.bar} ${styles.critical}`} />,
    milestone: <path d="M12 1l8 8-8 8-8-8z" className={styles.bar} />,
    today: <line x1={12} x2={12} y1={0} y2={18} className={styles.today} />,
  };
  return (
    <div className={styles.legend}>
      {(Object.keys(signs) as (keyof typeof signs)[]).map((key) => <span key={key}><svg width={24} height={18} aria-hidden>{signs[key]}</svg>{words[key]}</span>)}
    </div>
  );
}
