import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { addAbortSignal, type Readable } from 'node:stream';
import { Problem } from '../../kernel/problem.ts';
import { unlessBroken } from './broken-answer.ts';

export interface ClickHouseAddress {
  url: string;
  username: string;
  password: string;
  database: string;
}

export type QueryParams = Record<string, unknown>;

/** What a query may use: every query has a bound in time and memory. */
export interface QueryLimits {
  timeoutMs?: number;
  memoryBytes?: number;
}

/** The program's door to ClickHouse: statements with bound parameters, rows out, rows in. */
export interface ClickHouse {
  address: ClickHouseAddress;
  client: ClickHouseClient;
  /** Rows as objects: 64-bit integers and decimals as text, times as ISO text. */
  rows(sql: string, params?: QueryParams, limits?: QueryLimits): Promise<unknown[]>;
  /** An answer as the bytes of one of ClickHouse's formats, as they come. */
  bytes(sql: string, format: 'RowBinary' | 'Native' | 'TabSeparated', params?: QueryParams, limits?: QueryLimits): AsyncIterable<Buffer>;
  /** The same for answers too long to hold: rows one by one, while the engine still reads. */
  stream(sql: string, params?: QueryParams, limits?: QueryLimits): AsyncIterable<unknown>;
  /** A statement without rows. */
  command(sql: string, params?: QueryParams, limits?: QueryLimits): Promise<void>;
  insertRows(table: string, rows: object[]): Promise<void>;
  /** Inserts a stream of bytes in a format of ClickHouse's; `columns` name what the bytes hold. */
  insertStream(table: string, columns: string[], format: string, body: Readable | Buffer, settings?: Record<string, string>): Promise<void>;
  close(): Promise<void>;
}

const defaultLimits = { timeoutMs: 60_000, memoryBytes: 3 * 2 ** 30 };
/** The engine looks at its clock between blocks only; a question that is still under way so long after its time is hung up on. */
const graceMs = 250;

/** Opens a client; nothing is sent until the first statement. */
export function openClickHouse(address: ClickHouseAddress, readOnly = false): ClickHouse {
  const client = createClient({
    ...address,
    request_timeout: 3_600_000,
    max_open_connections: 16,
    compression: { response: false, request: false },
    log: { level: 127 },
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 1,
      output_format_json_quote_decimals: 1,
      date_time_output_format: 'iso',
      date_time_input_format: 'best_effort',
    },
  });
  const bounded = (limits: QueryLimits = {}) => ({
    max_execution_time: Math.ceil((limits.timeoutMs ?? defaultLimits.timeoutMs) / 1000),
    max_memory_usage: String(limits.memoryBytes ?? defaultLimits.memoryBytes),
    ...(readOnly ? { cancel_http_readonly_queries_on_client_close: 1 as const } : {}),
  });
  /** When to hang up. Of a writer the engine would finish the work all the same. */
  const hangUp = (limits: QueryLimits = {}): AbortSignal | undefined =>
    (readOnly ? AbortSignal.timeout(Math.ceil(limits.timeoutMs ?? defaultLimits.timeoutMs) + graceMs) : undefined);
  async function* answer(sql: string, format: string, params?: QueryParams, limits?: QueryLimits, signal?: AbortSignal): AsyncIterable<Buffer> {
    const { stream, response_headers: headers } = await guard(() => client.exec({ query: `${sql}\nformat ${format}`, query_params: params, clickhouse_settings: bounded(limits), abort_signal: signal }), signal);
    try {
      yield* unlessBroken((signal ? addAbortSignal(signal, stream) : stream) as AsyncIterable<Buffer>, String(headers['x-clickhouse-exception-tag'] ?? ''));
    } catch (error) {
      throw signal?.aborted ? tooSlow(error) : asProblem(error);
    }
  }
  return {
    address,
    client,
    // Not by the client's own reader of rows, which mistakes a failure that comes in two pieces for a faulty answer.
    rows: async (sql, params, limits) => {
      const text = Buffer.concat(await Array.fromAsync(answer(sql, 'JSONEachRow', params, limits, hangUp(limits)))).toString();
      return JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as unknown[];
    },
    // Whoever takes their time over rows is not hung up on.
    async *stream(sql, params, limits) {
      for await (const line of linesOf(answer(sql, 'JSONEachRow', params, limits))) yield JSON.parse(line) as unknown;
    },
    bytes: (sql, format, params, limits) => answer(sql, format, params, limits, hangUp(limits)),
    command: (sql, params, limits) => guard(async () => {
      // Only here, where nothing is answered: the engine keeps what it waits with on the disk, and when that is full answers with nothing as if there were nothing.
      await client.command({ query: sql, query_params: params, clickhouse_settings: { ...bounded(limits), ...(readOnly ? {} : { wait_end_of_query: 1 as const }) } });
    }),
    insertRows: (table, rows) => guard(async () => {
      if (rows.length > 0) await client.insert({ table, values: rows, format: 'JSONEachRow' });
    }),
    insertStream: (table, columns, format, body, settings) => guard(() => post(address, table, columns, format, body, settings)),
    close: () => client.close(),
  };
}

async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

async function guard<T>(work: (signal?: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await work(signal);
  } catch (error) {
    throw signal?.aborted ? tooSlow(error) : asProblem(error);
  }
}

const tooSlow = (cause: unknown): Problem => new Problem('platform.query_too_slow', { status: 422, cause });

const timeLimit = '159';
const memoryLimit = '241';
const noRoom = '243';
/** Files that cannot be read, do not match their checksum, or are not there. */
const damaged = new Set(['32', '33', '40', '107', '246', '271']);
const connectionLost = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** A query stopped by its own bounds is the asker's matter; anything else stays what it is. */
function asProblem(error: unknown): unknown {
  // `fetch` puts what the socket said into the cause.
  const code = (error as { code?: string }).code ?? ((error as Error).cause as { code?: string } | undefined)?.code;
  if (code === timeLimit || code === memoryLimit) {
    return code === timeLimit ? tooSlow(error) : new Problem('platform.query_too_large', { status: 422, cause: error });
  }
  if (code === noRoom) return new Problem('platform.disk_full', { status: 507, cause: error });
  if (code && damaged.has(code)) return new Problem('platform.analytics_damaged', { status: 503, retryAfterSeconds: 60, cause: error });
  if (code && connectionLost.has(code)) {
    return new Problem('platform.analytics_unavailable', { status: 503, retryAfterSeconds: 2, cause: error });
  }
  return error;
}

/** The client encodes rows itself; bytes made elsewhere are posted as they are. */
async function post(address: ClickHouseAddress, table: string, columns: string[], format: string,
  body: Readable | Buffer, settings: Record<string, string> = {}): Promise<void> {
  const query = `INSERT INTO ${table} (${columns.join(', ')}) FORMAT ${format}`;
  const { 'content-encoding': encoding, ...rest } = settings;
  const search = new URLSearchParams({ database: address.database, query, ...rest });
  const reply = await fetch(`${address.url}/?${search}`, {
    method: 'POST',
    body: body as BodyInit,
    duplex: 'half',
    headers: {
      'X-ClickHouse-User': address.username,
      'X-ClickHouse-Key': address.password,
      ...(encoding ? { 'content-encoding': encoding } : {}),
    },
  } as RequestInit);
  const text = await reply.text();
  if (!reply.ok) {
    const code = reply.headers.get('x-clickhouse-exception-code') ?? undefined;
    throw Object.assign(new Error(text.slice(0, 500)), { code });
  }
}
