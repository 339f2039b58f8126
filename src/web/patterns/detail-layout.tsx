import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { useSearchState } from '../router/use-search-state.ts';
import styles from './patterns.module.css';

/** A tab; its content is made when it is first opened. */
export interface DetailTab {
  key: string;
  label: ReactNode;
  content: ReactNode;
}

/** The detail pattern: who or what it is (summary), then tabs; the open one is kept in the address. */
export interface DetailLayoutProps {
  header: ReactNode;
  summary?: ReactNode;
  tabs: DetailTab[];
}

const tabState = z.object({ tab: z.string().optional() });

export function DetailLayout({ header, summary, tabs }: DetailLayoutProps) {
  const [{ tab }, change] = useSearchState(tabState);
  const active = tabs.some(({ key }) => key === tab) ? tab : tabs[0]?.key;
  return (
    <div>
      {header}
      <div className={styles.detail}>
        {summary}
        <Tabs
          activeKey={active}
          onChange={(key) => change({ tab: key === tabs[0]?.key ? undefined : key })}
          items={tabs.map(({ key, label, content }) => ({ key, label, children: content }))}
        />
      </div>
    </div>
  );
}
