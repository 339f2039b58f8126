import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DownloadOutlined } from '../../icons.tsx';
import { download } from '../../api/upload.ts';
import styles from '../patterns.module.css';
import type { Filter } from './columns.ts';
import { FilterSelect } from './filter-select.tsx';
import type { ChangeList, ListState } from './list-state.ts';
import { SearchBox } from './search-box.tsx';

/** What stands above a list: search, filters, what the page adds, export, columns. */
export interface ListToolbarProps {
  state: ListState;
  change: ChangeList;
  filters: readonly Filter[];
  /** Without it the list cannot be searched. */
  searchPlaceholder: string | undefined;
  exportHref: string | undefined;
  extra: ReactNode;
  /** How to export, beside the button. */
  exportChoice: ReactNode;
  /** The column chooser. */
  columns: ReactNode;
}

export function ListToolbar(props: ListToolbarProps) {
  const { state, change, filters, searchPlaceholder, exportHref, extra, exportChoice, columns } = props;
  const { t } = useTranslation('web');
  return (
    <div className={styles.toolbar}>
      {searchPlaceholder !== undefined && (
        <SearchBox
          value={state.q ?? ''}
          placeholder={searchPlaceholder}
          onSearch={(q) => change({ q: q || undefined })}
        />
      )}
      {filters.map((filter) => (
        <FilterSelect
          key={filter.key}
          filter={filter}
          chosen={state.filters[filter.key] ?? []}
          onChoose={(values) => change({ filters: { [filter.key]: values } })}
        />
      ))}
      {extra}
      <div className={styles.toolbarEnd}>
        {exportChoice}
        {exportHref !== undefined && (
          <Button icon={<DownloadOutlined />} onClick={() => download(exportHref)}>
            {t('list.export')}
          </Button>
        )}
        {columns}
      </div>
    </div>
  );
}
