import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { EndpointReply } from '../../kernel/endpoint.ts';
import { uploadImport } from '../../domains/collect/imports/contract.ts';
import { headersOf, refuse, type Server } from '../server/call.ts';
import { ToldFailure } from '../terminal/failure.ts';
import type { Speech } from '../terminal/speech.ts';

const boundary = 'perennial-file-boundary-7f3c';

/** Sends a file as the web's upload does (RFC 7578), reading it as it is sent; `onBytes` gets how many are on their way. */
export async function uploadFile(server: Server, speech: Speech, file: string, onBytes: (sent: number, total: number) => void): Promise<EndpointReply<typeof uploadImport>> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new ToldFailure(speech.say('no_such_file', { file }));
  const name = basename(file).replaceAll('"', '%22').replaceAll(/[\r\n]/g, ' ');
  const head = Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`);
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const reply = await fetch(new URL(uploadImport.path, server.url), {
    method: 'POST',
    headers: {
      ...headersOf(server),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + found.size + tail.length),
    },
    body: Readable.toWeb(Readable.from(parts(head, file, tail, (sent) => onBytes(sent, found.size)))),
    duplex: 'half',
  } as RequestInit);
  return JSON.parse(await refuse(reply)) as EndpointReply<typeof uploadImport>;
}

async function* parts(head: Buffer, file: string, tail: Buffer, onBytes: (sent: number) => void): AsyncGenerator<Buffer> {
  yield head;
  let sent = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    yield chunk as Buffer;
    onBytes((sent += (chunk as Buffer).length));
  }
  yield tail;
}
