import type { ReactNode } from 'react';
import styles from './tree-diagram.module.css';

export interface DrawnNode {
  key: string;
  /** Which answer leads here: yes or no, in words. */
  side?: string;
  title: string;
  /** From 0 to 1. */
  bar: number;
  figures: ReactNode;
  branches: DrawnNode[];
}

/** Questions and answers from left to right; on narrow screens a list, indented. */
export function TreeDiagram({ root, label }: { root: DrawnNode; label: string }) {
  return (
    <div className={styles.frame}>
      <ul className={styles.tree} aria-label={label}>
        <Branch node={root} />
      </ul>
    </div>
  );
}

function Branch({ node: { side, title, bar, figures, branches } }: { node: DrawnNode }) {
  return (
    <li>
      <div className={branches.length === 0 ? `${styles.node} ${styles.leaf}` : styles.node}>
        <div>
          {side && <span className={styles.side}>{side}</span>}
          <span className={styles.title}>{title}</span>
        </div>
        <div className={styles.bar}><span style={{ width: `${Math.round(Math.min(1, Math.max(0, bar)) * 100)}%` }} /></div>
        <div className={styles.figures}>{figures}</div>
      </div>
      {branches.length > 0 && <ul>{branches.map((node) => <Branch key={node.key} node={node} />)}</ul>}
    </li>
  );
}
