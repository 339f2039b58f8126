import { Grid, Pagination } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Endpoint, EndpointReply, EndpointRequest } from '../../../kernel/endpoint.ts';
import { useEndpoint } from '../../api/use-endpoint.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ComputedAt } from '../computed-at.tsx';
import { EmptyState } from '../empty-state.tsx';
import { ErrorState } from '../error-state.tsx';
import { PageSkeleton } from '../page-skeleton.tsx';
import styles from '../patterns.module.css';
import { ColumnChooser } from './column-chooser.tsx';
import { type Column, type Filter, shownColumns } from './columns.ts';
import { useListChoice } from './list-choice.ts';
import { type ListState, listQuery, useListState } from './list-state.ts';
import { ListToolbar } from './list-toolbar.tsx';
import { RowCards } from './row-cards.tsx';
import { RowTable } from './row-table.tsx';

/** An endpoint that replies with a page of rows (`pageOf` of the kernel). */
export type ListEndpoint = Endpoint<
  z.ZodType,
  z.ZodType,
  z.ZodType,
  z.ZodType<{ rows: object[]; total: number; computedAt: string }>
>;

/** A row of a list endpoint's reply. */
export type RowOf<E extends ListEndpoint> = EndpointReply<E>['rows'][number];

/** THE list: an endpoint and its columns. Page, sort, search and filters live in the address. */
export interface DataTableProps<E extends ListEndpoint> {
  endpoint: E;
  params?: EndpointRequest<E>['params'];
  /** Further parts of the query that the page decides. */
  query?: Record<string, unknown>;
  columns: Column<RowOf<E>>[];
  rowKey: (row: RowOf<E>) => string | number;
  /** The page that a row opens. */
  rowLink?: (row: RowOf<E>) => string;
  filters?: Filter[];
  /** Says what can be searched for; without it there is no search. */
  searchPlaceholder?: string;
  /** Further controls beside the filters. */
  extra?: ReactNode;
  /** True where `extra` narrows what is listed. */
  narrowed?: boolean;
  /** The address that downloads what the list shows, for the query without its page. */
  exportHref?: (query: Record<string, unknown>) => string;
  /** How to export, beside the button. */
  exportChoice?: ReactNode;
  /** For a list that is empty without any filter: what to do first. */
  empty?: ReactNode;
  /** Keeps two lists of one page apart, in the address and in what is remembered. */
  prefix?: string;
  /** Reads again after this time; false for never. */
  refreshMs?: number | false;
}

const isNarrowed = (state: ListState): boolean =>
  Boolean(state.q) || Object.values(state.filters).some((values) => values.length > 0);

export function DataTable<E extends ListEndpoint>(props: DataTableProps<E>) {
  const { endpoint, columns, rowKey, rowLink, filters = [], prefix = '' } = props;
  const { t } = useTranslation('web');
  const format = useFormat();
  const isNarrow = Grid.useBreakpoint().sm === false;
  const [state, change] = useListState(prefix, filters);
  const [choice, changeChoice] = useListChoice(`${endpoint.path}${prefix}`);
  const query = { ...listQuery(state, filters), ...props.query };
  const request = { params: props.params, query } as EndpointRequest<E>;
  const list = useEndpoint(endpoint, request, { refreshMs: props.refreshMs ?? false });
  const shown = useMemo(() => shownColumns(columns, choice), [columns, choice]);
  const { page: _page, pageSize: _size, ...exported } = query;
  const rows = list.data?.rows ?? [];
  const narrowed = isNarrowed(state) || props.narrowed === true;
  // A list that holds nothing has nothing to narrow or to arrange.
  const isBare = list.data?.total === 0 && !narrowed && props.extra === undefined;
  const nothing = narrowed ? (
    <EmptyState title={t('list.noMatch')} hint={t('list.noMatchHint')} />
  ) : (
    (props.empty ?? <EmptyState title={t('list.empty')} />)
  );
  const shared = { rows, columns: shown, keyOf: rowKey, rowLink };
  return (
    <div className={styles.tableCard}>
      {!isBare && <ListToolbar
        state={state}
        change={change}
        filters={filters}
        searchPlaceholder={props.searchPlaceholder}
        exportHref={props.exportHref?.(exported)}
        extra={props.extra}
        exportChoice={props.exportChoice}
        columns={<ColumnChooser columns={columns} choice={choice} change={changeChoice} />}
      />}
      {list.error && !list.data && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <PageSkeleton />}
      {list.data && rows.length === 0 && nothing}
      {rows.length > 0 &&
        (isNarrow ? (
          <RowCards {...shared} />
        ) : (
          <RowTable
            {...shared}
            density={choice.density}
            loading={list.isPlaceholderData}
            sort={state.sort}
            onSort={(sort) => change({ sort })}
          />
        ))}
      {list.data && list.data.total > 0 && (
        <div className={styles.tableFoot}>
          <ComputedAt at={list.data.computedAt} />
          <Pagination
            size="small"
            current={state.page}
            pageSize={state.pageSize}
            total={list.data.total}
            showSizeChanger={!isNarrow}
            simple={isNarrow}
            pageSizeOptions={[20, 50, 100, 200]}
            showTotal={(total) => t('list.total', { count: total, shown: format.number(total) })}
            onChange={(page, pageSize) => change({ page: pageSize === state.pageSize ? page : 1, pageSize })}
          />
        </div>
      )}
    </div>
  );
}
