import { randomBytes } from 'node:crypto';
import { createApp } from '../src/app.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createSay } from '../src/platform/i18n.ts';
import type { Platform } from '../src/platform/platform.ts';
import { serveWeb } from '../src/serve/web-files.ts';
import { createTestPlatform } from './harness.ts';

/** The whole product in this process, over stores of a test file's own: its pages, what it answers and what it does in the background. */
export interface WholeApp {
  platform: Platform;
  url: string;
  signInLink: string;
  /** A JSON request by a credential that may do everything. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** The same, with a body as it is. */
  send<T>(method: string, path: string, body: Buffer<ArrayBuffer>, contentType: string): Promise<T>;
  /** Events as a tracker sends them. */
  track(events: readonly object[]): Promise<void>;
  close(): Promise<void>;
}

export async function startWholeApp(): Promise<WholeApp> {
  const test = await createTestPlatform();
  const { platform } = test;
  platform.config.outboundAllow.push('127.0.0.1');
  const token = randomBytes(32).toString('hex');
  const app = createApp(platform, token);
  const server = await createServer({
    log: platform.log, say: createSay(), routes: app.routes, authenticate: app.authenticate, room: platform.room,
    async extend(fastify, refuse) {
      await app.extend(fastify, refuse);
      await serveWeb(fastify);
    },
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  // Links in messages begin where the program listens.
  Object.assign(platform.config, { host: '127.0.0.1', port: Number(new URL(url).port) });
  await platform.jobs.start(true);
  await app.startWork();
  const request = async <T>(method: string, path: string, given: { body?: BodyInit; contentType?: string }): Promise<T> => {
    const { body, contentType } = given;
    const reply = await fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${token}`, ...(contentType === undefined ? {} : { 'content-type': contentType }) }, ...(body === undefined ? {} : { body }) });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text.slice(0, 400)}`);
    return (text ? JSON.parse(text) : undefined) as T;
  };
  const ask: WholeApp['ask'] = (method, path, body) => request(method, path, body === undefined ? {} : { body: JSON.stringify(body), contentType: 'application/json' });
  const { secret } = await ask<{ secret: string }>('POST', '/api/write-keys', { name: 'shop' });
  return {
    platform, url, ask, send: (method, path, body, contentType) => request(method, path, { body, contentType }), signInLink: (await app.firstSignInLink(url)) ?? '',
    async track(batch) {
      const reply = await fetch(`${url}/v1/batch`, { method: 'POST', headers: { authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}`, 'content-type': 'application/json' }, body: JSON.stringify({ batch }) });
      if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
    },
    async close() {
      await app.stopWork();
      await server.close();
      await test.close();
    },
  };
}
