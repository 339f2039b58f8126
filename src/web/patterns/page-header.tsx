import { Breadcrumb } from 'antd';
import type { ReactNode } from 'react';
import { Link } from '../router/link.tsx';
import { useDocumentTitle } from '../shell/document-title.ts';
import styles from './patterns.module.css';

/** A step above this page. */
export interface Crumb {
  label: string;
  to?: string;
}

/** What a page is, and what can be done on it. Its title names the browser's tab too. */
export interface PageHeaderProps {
  title: string;
  subtitle?: ReactNode;
  /** Buttons; the main one last. */
  actions?: ReactNode;
  /** The pages above, from the top; not this one. */
  breadcrumbs?: Crumb[];
}

export function PageHeader({ title, subtitle, actions, breadcrumbs }: PageHeaderProps) {
  useDocumentTitle(title);
  const crumbs = breadcrumbs?.map(({ label, to }) => ({
    title: to ? <Link to={to}>{label}</Link> : label,
  }));
  return (
    <header className={styles.header}>
      <div className={styles.headerText}>
        {crumbs && <Breadcrumb className={styles.crumbs} items={[...crumbs, { title }]} />}
        <h1 className={styles.title}>{title}</h1>
        {subtitle && <div className={styles.subtitle}>{subtitle}</div>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
