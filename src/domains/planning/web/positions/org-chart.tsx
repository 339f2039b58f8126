import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, Tag, useFormat, useMay } from '../../../../web/kit.ts';
import { TeamOutlined } from '../../../../web/icons.tsx';
import { useItemActions } from '../frame/use-items.tsx';
import { type AssignmentItem, chartAt, type ChartNode, fillersOn, type PositionItem } from './chart-rules.ts';
import styles from './positions.module.css';

export interface OrgChartProps {
  planNo: number;
  positions: PositionItem[];
  assignments: AssignmentItem[];
  day: string;
  onOpen: (itemNo: number) => void;
}

const dragged = 'application/x-position';

/** The chart of a day: a position is dragged onto the one it reports to, or given it in its form. */
export function OrgChart({ planNo, positions, assignments, day, onOpen }: OrgChartProps) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const [over, setOver] = useState<number>();
  const roots = chartAt(positions, day);
  if (roots.length === 0) return <EmptyState icon={<TeamOutlined />} title={t('positions.noneOfDay', { day: format.date(day) })} />;
  const drop = (event: DragEvent, onto: number): void => {
    setOver(undefined);
    const moved = positions.find(({ itemNo }) => String(itemNo) === event.dataTransfer.getData(dragged));
    if (moved && moved.itemNo !== onto) void actions.edit(moved, { reportsToNo: onto }).catch(() => undefined);
  };
  const node = ({ position: { itemNo, body: { name, department, headcount, closes } }, below }: ChartNode) => {
    const fillers = fillersOn(assignments, itemNo, day);
    const filled = fillers.reduce((sum, { body }) => sum + body.sharePercent, 0) / 100;
    return (
      <li key={itemNo}>
        <button
          type="button" className={over === itemNo ? `${styles.node} ${styles.over}` : styles.node} onClick={() => onOpen(itemNo)}
          draggable={mayEdit} onDragStart={(event) => event.dataTransfer.setData(dragged, String(itemNo))} onDragLeave={() => setOver(undefined)} onDrop={(event) => drop(event, itemNo)}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes(dragged)) return;
            event.preventDefault();
            setOver(itemNo);
          }}
        >
          <span className={styles.name}>{name}</span>
          {department && <span className={styles.quiet}>{department}</span>}
          <span className={styles.people}>{fillers.map(({ itemNo: key, body: { person, sharePercent } }) => <span key={key}>{person.name}{sharePercent < 100 && ` ${format.percent(sharePercent / 100, 0)}`}</span>)}</span>
          {filled < headcount && <Tag color="warning">{t('positions.vacant', { heads: format.number(headcount - filled) })}</Tag>}
          {closes && <span className={styles.quiet}>{t('positions.until', { day: format.date(closes) })}</span>}
        </button>
        {below.length > 0 && <ul>{below.map(node)}</ul>}
      </li>
    );
  };
  return <div className={styles.frame}><ul className={styles.tree} aria-label={t('positions.views.chart')}>{roots.map(node)}</ul></div>;
}
