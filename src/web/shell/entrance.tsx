import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/use-session.ts';
import mark from '../theme/mark.svg';
import { AppearanceSwitch } from './appearance-switch.tsx';
import { useDocumentTitle } from './document-title.ts';
import branch from './entrance.svg';
import styles from './entrance.module.css';
import { LanguageSwitch } from './language-switch.tsx';

/** The frame of a page before sign-in: what the house is, and a place for one short form. */
export interface EntranceProps {
  title: string;
  subtitle?: ReactNode;
  /** One line that says what the product promises, and one that says how. */
  promise: string;
  promiseHint: string;
  children: ReactNode;
}

export function Entrance({ title, subtitle, promise, promiseHint, children }: EntranceProps) {
  const { t } = useTranslation('web');
  const { brand } = useSession();
  useDocumentTitle(title);
  return (
    <div className={styles.entrance}>
      <aside className={styles.welcome}>
        <img className={styles.branch} src={branch} alt="" />
        <div className={styles.brand}>
          <img src={mark} alt="" />
          {t('shell.product')}
        </div>
        <div>
          <p className={styles.promise}>{promise}</p>
          <p className={styles.hint}>{promiseHint}</p>
        </div>
        {brand.name !== t('shell.product') && <div className={styles.house}>{brand.name}</div>}
      </aside>
      <div className={styles.side}>
        <div className={styles.switches}>
          <LanguageSwitch />
          <AppearanceSwitch />
        </div>
        <main className={styles.content}>
          <h1 className={styles.title}>{title}</h1>
          <div className={styles.subtitle}>{subtitle}</div>
          {children}
        </main>
      </div>
    </div>
  );
}
