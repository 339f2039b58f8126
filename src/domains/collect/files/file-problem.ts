import { Problem } from '../../../kernel/problem.ts';

/** Why a whole file cannot be read. Each has its sentence `problem.<name>` in this domain's messages. */
export type FileProblemName =
  | 'file_empty'
  | 'file_is_spreadsheet'
  | 'file_is_archive'
  | 'file_compression_unknown'
  | 'file_is_html'
  | 'file_is_json_array'
  | 'file_type_unknown'
  | 'file_damaged'
  | 'file_expands_too_much'
  | 'file_too_large_inside'
  | 'file_too_many_columns'
  | 'file_header_too_long'
  | 'file_quotes_broken'
  | 'parquet_row_group_too_large'
  | 'parquet_unreadable';

/** A 422 that says what is wrong with the file. */
export const fileProblem = (
  name: FileProblemName,
  params: Record<string, unknown> = {},
  cause?: unknown,
): Problem => new Problem(`collect.${name}`, { status: 422, params, cause });
