import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { workbookType, type WorkbookSheet, writeWorkbook } from '../workbook/workbook.ts';

/** Answers with a workbook that is written while its rows come. `fileName` is plain ASCII. */
export async function sendWorkbook(reply: FastifyReply, fileName: string, sheets: readonly WorkbookSheet[], currency: string): Promise<FastifyReply> {
  return reply
    .header('content-type', workbookType)
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(writeWorkbook(sheets, currency), { objectMode: false }));
}
