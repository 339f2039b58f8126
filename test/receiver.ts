import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  /** Path and query as they were sent. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What a receiver does with a request; 204 unless said. */
export type Reaction = (received: Received, response: ServerResponse, count: number) => void | Promise<void>;

/** An HTTP server on this machine that keeps what it is sent. */
export interface Receiver {
  url: string;
  received: Received[];
  react(reaction: Reaction): void;
  close(): Promise<void>;
}

export async function createReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const usual: Reaction = (_received, response) => void response.writeHead(204).end();
  let reaction = usual;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) };
    received.push(one);
    await reaction(one, response, received.length);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    react: (next) => void (reaction = next),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
