import { Button, Skeleton } from 'antd';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BarChartOutlined, TableOutlined } from '../../icons.tsx';
import styles from '../patterns.module.css';
import type { ChartOption, ChartTable } from './chart-option.ts';
import { FactTable } from './fact-table.tsx';
import { SavePicture } from './save-picture.tsx';

/** A chart with its title, one sentence that says what it shows, and a table that can replace it. */
export interface ChartProps {
  title: string;
  /** What the chart shows, for readers who do not see it. */
  summary?: string;
  option: ChartOption;
  table: ChartTable;
  heightPx?: number;
  extra?: ReactNode;
}

const ChartEngine = lazy(() => import('./chart-engine.tsx'));

export function Chart({ title, summary, option, table, heightPx = 300, extra }: ChartProps) {
  const { t } = useTranslation('web');
  const [asTable, setAsTable] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  return (
    <figure className={styles.figure}>
      <div className={styles.chartHead}>
        <figcaption className={styles.chartTitle}>{title}</figcaption>
        {extra}
        {!asTable && <SavePicture title={title} place={place} />}
        <Button
          type="text"
          size="small"
          icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
          aria-label={t(asTable ? 'chart.asChart' : 'chart.asTable')}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      {asTable ? (
        <FactTable title={title} table={table} />
      ) : (
        <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height: heightPx }} />}>
          <div ref={place} role="img" aria-label={summary ?? title}>
            <ChartEngine option={option} heightPx={heightPx} />
          </div>
        </Suspense>
      )}
    </figure>
  );
}
