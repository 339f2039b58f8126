import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import type { CSSProperties, ReactNode } from 'react';
import { Link } from '../router/link.tsx';
import styles from './people.module.css';

/** A person in a narrow list. */
export interface ListedPerson {
  key: number;
  name: string;
  to?: string | undefined;
  detail: string;
  figure: string;
  note: ReactNode;
}

/** A few people, one under another, where there is no room for a table. */
export function PersonList({ people, isOld = false }: { people: ListedPerson[]; isOld?: boolean }) {
  return (
    <ul className={isOld ? styles.peopleOld : styles.people}>
      {people.map(({ key, name, to, detail, figure, note }) => (
        <li key={key} className={styles.person}>
          <div className={styles.who}>
            <div>{to ? <Link to={to} target="_blank">{name}</Link> : name}</div>
            <div className={styles.detail}>{detail}</div>
          </div>
          <div className={styles.worth}>
            <div>{figure}</div>
            <div className={styles.detail}>{note}</div>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Something that is true or not, and why. */
export interface CheckedItem {
  key: string;
  isTrue: boolean;
  /** How far in it stands. */
  depth: number;
  label: string;
  note: string;
}

/** What is true and what is not, told by sign and word, not by colour alone. */
export function CheckedList({ items, trueLabel, falseLabel }: { items: CheckedItem[]; trueLabel: string; falseLabel: string }) {
  return (
    <ul className={styles.people}>
      {items.map(({ key, isTrue, depth, label, note }) => (
        <li key={key} className={styles.checked} style={{ '--depth': depth } as CSSProperties}>
          <span className={isTrue ? styles.isTrue : styles.isFalse} title={isTrue ? trueLabel : falseLabel}>
            {isTrue ? <CheckCircleFilled aria-label={trueLabel} /> : <CloseCircleFilled aria-label={falseLabel} />}
          </span>
          <div>
            <div>{label}</div>
            <div className={styles.detail}>{note}</div>
          </div>
        </li>
      ))}
    </ul>
  );
}
