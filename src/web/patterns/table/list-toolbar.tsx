import { DownloadOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../api/upload.ts';
import styles from '../patterns.module.css';
import type { Filter } from './columns.ts';
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
  /** The column chooser. */
  columns: ReactNode;
}

function FilterSelect({ filter, state, change }: { filter: Filter; state: ListState; change: ChangeList }) {
  const chosen = state.filters[filter.key] ?? [];
  const choose = (values: string[]): void => change({ filters: { [filter.key]: values } });
  const shared = {
    className: styles.filter,
    allowClear: true,
    placeholder: filter.label,
    'aria-label': filter.label,
    options: filter.options,
    popupMatchSelectWidth: false,
  };
  if (filter.multiple)
    return <Select<string[]> {...shared} mode="multiple" maxTagCount={1} value={chosen} onChange={choose} />;
  return (
    <Select<string | undefined>
      {...shared}
      value={chosen[0]}
      onChange={(value) => choose(value === undefined ? [] : [value])}
    />
  );
}

export function ListToolbar(props: ListToolbarProps) {
  const { state, change, filters, searchPlaceholder, exportHref, extra, columns } = props;
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
        <FilterSelect key={filter.key} filter={filter} state={state} change={change} />
      ))}
      {extra}
      <span className={styles.grow} />
      {exportHref !== undefined && (
        <Button icon={<DownloadOutlined />} onClick={() => download(exportHref)}>
          {t('list.export')}
        </Button>
      )}
      {columns}
    </div>
  );
}
