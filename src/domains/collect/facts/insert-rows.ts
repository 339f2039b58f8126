import type { ClickHouse } from '../../../platform/clickhouse/client.ts';

/** Puts compressed RowBinary into a table. Several zstd bodies after one another are one. */
export const insertRows = (clickhouse: ClickHouse, table: string, columns: readonly string[], body: Buffer): Promise<void> =>
  clickhouse.insertStream(table, [...columns], 'RowBinary', body, {
    'content-encoding': 'zstd',
    input_format_binary_read_json_as_string: '1',
    // {"a.b": 1, "a": {"b": 2}} names one path twice: the first counts.
    type_json_skip_duplicated_paths: '1',
    async_insert: '0',
  });
