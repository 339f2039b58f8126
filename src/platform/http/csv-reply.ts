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
 * Answers with a CSV file that is written while its rows come. An error after the first rows breaks
 * the connection, so that a part of a file is not taken for all of it. `fileName` is plain ASCII.
 */
export function sendCsv(reply: FastifyReply, fileName: string, headings: Cells, rows: AsyncIterable<Cells>): FastifyReply {
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(csvText(headings, rows), { objectMode: false }));
}
