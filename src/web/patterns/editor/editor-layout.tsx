import type { ReactNode } from 'react';
import styles from './editor.module.css';

/** The editor pattern: what is set on the left, what it does on the right, in sight while one edits. */
export interface EditorLayoutProps {
  header: ReactNode;
  children: ReactNode;
  /** What it does, live. */
  effect: ReactNode;
  /** The effect in one line, kept in sight on a phone. */
  brief: ReactNode;
  /** The effect is a page of its own, and needs room for it. */
  isWide?: boolean;
}

export function EditorLayout({ header, children, effect, brief, isWide = false }: EditorLayoutProps) {
  return (
    <div>
      {header}
      <div className={isWide ? `${styles.editor} ${styles.wide}` : styles.editor}>
        <div className={styles.settings}>{children}</div>
        <aside className={styles.effect}>{effect}</aside>
      </div>
      <div className={styles.brief}>{brief}</div>
    </div>
  );
}

/** A figure with what surrounds it; dimmed while the next one is on its way. */
export function LiveFigure({ value, unit, isOld, children }: { value: ReactNode; unit: string; isOld: boolean; children?: ReactNode }) {
  return (
    <div aria-busy={isOld} className={isOld ? styles.old : styles.fresh}>
      <div className={styles.figure} aria-live="polite">
        {value}
        <span className={styles.unit}>{unit}</span>
      </div>
      {children && <div className={styles.aside}>{children}</div>}
    </div>
  );
}

/** Controls and words in a row that reads as a sentence. */
export function InlineControls({ children }: { children: ReactNode }) {
  return <div className={styles.inline}>{children}</div>;
}

/** A word between the controls of a sentence. */
export function InlineWord({ children, isStrong = false }: { children: ReactNode; isStrong?: boolean }) {
  return <span className={isStrong ? styles.strong : styles.word}>{children}</span>;
}

/** Further controls that belong to the sentence above them. */
export function InlineDetail({ children }: { children: ReactNode }) {
  return <div className={styles.detail}>{children}</div>;
}
