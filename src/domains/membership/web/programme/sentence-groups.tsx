import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../../web/kit.ts';
import type { ToldChange, ToldSentence } from '../../contract.ts';
import styles from './programme.module.css';

/** What a programme says, part by part. */
export function SentenceGroups({ sentences, isNarrow = false }: { sentences: readonly ToldSentence[]; isNarrow?: boolean }) {
  const { t } = useTranslation('membership');
  const parts = [...Map.groupBy(sentences, ({ part }) => part)];
  return (
    <div className={isNarrow ? `${styles.groups} ${styles.narrow}` : styles.groups}>
      {parts.map(([part, told]) => (
        <section key={part} className={styles.group}>
          <h3>{t(`programme.part.${part}`)}</h3>
          <ul>{told.map(({ id, text }) => <li key={id}>{text}</li>)}</ul>
        </section>
      ))}
    </div>
  );
}

/** What is different, each with what was and what is. */
export function ChangeList({ changes }: { changes: readonly ToldChange[] }) {
  const { t } = useTranslation('membership');
  if (changes.length === 0) return <EmptyState title={t('design.noChanges')} />;
  return (
    <ul className={styles.changes}>
      {changes.map(({ id, before, after, added, removed }) => (
        <li key={id}>
          {before !== null && before !== after && <div className={styles.was}>{before}</div>}
          {after !== null && <div>{after}</div>}
          {added.length > 0 && <div className={styles.quiet}>{t('design.added', { items: added.join(', ') })}</div>}
          {removed.length > 0 && <div className={styles.quiet}>{t('design.removed', { items: removed.join(', ') })}</div>}
        </li>
      ))}
    </ul>
  );
}
