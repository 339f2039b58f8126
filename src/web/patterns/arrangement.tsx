import { Card } from 'antd';
import type { ReactNode } from 'react';
import styles from './patterns.module.css';

/** Things below each other at the page's usual distance. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={styles.stack}>{children}</div>;
}

/** Things side by side where there is room, below each other where there is not. */
export function Columns({ children }: { children: ReactNode }) {
  return <div className={styles.columns}>{children}</div>;
}

// A long title takes a second line rather than being cut; the card's own style says otherwise, and more strongly than a class may.
const wholeTitle = { whiteSpace: 'normal', paddingBlock: 6 } as const;

/** A titled part of a page. */
export function Section({ title, extra, children }: { title?: ReactNode; extra?: ReactNode; children: ReactNode }) {
  return (
    <Card size="small" title={title} extra={extra} styles={{ title: wholeTitle }}>
      {children}
    </Card>
  );
}

/** The result in one sentence, before figures and charts. */
export function Sentence({ children }: { children: ReactNode }) {
  return <p className={styles.sentence}>{children}</p>;
}

/** What a row says about itself, in small and two lines at most; all of it when it is pointed at. */
export function Remark({ children }: { children: string }) {
  return <span className={styles.clamped} title={children}>{children}</span>;
}
