import type { z } from 'zod';
import type { ClickHouse, QueryLimits, QueryParams } from './client.ts';

/**
 * One question to ClickHouse: static SQL with typed placeholders (`{from:DateTime64(3)}`),
 * the shape of what is bound and the shape of a row of the answer.
 */
export interface Question<P extends z.ZodType, R extends z.ZodType> {
  name: string;
  sql: string;
  params: P;
  row: R;
  limits?: QueryLimits;
}

/** Keeps the literal types of a question's schemas. */
export const question = <P extends z.ZodType, R extends z.ZodType>(q: Question<P, R>): Question<P, R> => q;

/** Asks it: parameters are checked and bound, every row is parsed. */
export async function ask<P extends z.ZodType, R extends z.ZodType>(
  clickhouse: ClickHouse,
  q: Question<P, R>,
  params: z.input<P>,
): Promise<z.output<R>[]> {
  const rows = await clickhouse.rows(q.sql, q.params.parse(params) as QueryParams, q.limits);
  return rows.map((row) => q.row.parse(row));
}

/** Asks it for an answer too long to hold: rows come while the engine reads. An error may come after some rows. */
export async function* askInStream<P extends z.ZodType, R extends z.ZodType>(
  clickhouse: ClickHouse,
  q: Question<P, R>,
  params: z.input<P>,
): AsyncGenerator<z.output<R>> {
  for await (const row of clickhouse.stream(q.sql, q.params.parse(params) as QueryParams, q.limits)) yield q.row.parse(row);
}
