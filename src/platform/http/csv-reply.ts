import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { csvByteOrderMark, csvLine } from '../../kernel/csv.ts';

type Cells = readonly (string | number | null)[];

/** As much as is handed to the socket at once, so that a file of a million lines is not a million writes. */
const chunkLength = 65_536;

async function* csvText(headings: Cells, rows: AsyncIterable<Cells>): AsyncGenerator<string> {
  let text = csvByteOrderMark + csvLine(headings);
  for await (const row of rows) {
    text += csvLine(row);
    if (text.length < chunkLength) continue;
    yield text;
    text = '';
  }
  yield text;
}

/**
 * Answers with a CSV file that is written while its rows come. An error among the first rows is answered as any
 * other; a later one breaks the connection, so that a part of a file is not taken for all of it. `fileName` is plain ASCII.
 */
export async function sendCsv(reply: FastifyReply, fileName: string, headings: Cells, rows: AsyncIterable<Cells>): Promise<FastifyReply> {
  const text = csvText(headings, rows);
  const first = await text.next();
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(andThen(first.value ?? '', text), { objectMode: false }));
}

async function* andThen(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
