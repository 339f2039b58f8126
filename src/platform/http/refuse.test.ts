import type { FastifyInstance } from 'fastify';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../test/harness.ts';
import { Problem } from '../../kernel/problem.ts';
import type { Refusal } from './refuse.ts';

const busy: Refusal = { code: 'platform.database_unavailable', status: 503, retryAfterSeconds: 2 };
const unknown: Refusal = { code: 'platform.sign_in_first', status: 401 };

describe('a request that is refused before it is read', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  let read = 0;
  beforeAll(async () => {
    test = await createTestPlatform();
    server = await createTestServer(test.platform, [], async (all, refuse) => {
      await all.register(async (scope) => {
        scope.addHook('onRequest', async (request, reply) => {
          reply.raw.setHeader('access-control-allow-origin', '*');
          if (request.url.startsWith('/open')) return;
          if (request.url.startsWith('/thrown')) throw new Problem(busy.code, busy);
          refuse(request, reply, request.url.startsWith('/unknown') ? unknown : busy);
        });
        for (const path of ['/open', '/busy', '/thrown', '/unknown']) scope.post(path, async () => ({ read: ++read }));
      });
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });
  const ask = (url: string, language = 'en') => server.inject({ method: 'POST', url, payload: { some: 'thing' }, headers: { 'accept-language': language } });

  it('is answered as by an error: the same problem, in the same language, with the same headers', async () => {
    for (const language of ['zh-CN', 'zh-TW', 'en', 'zh-CN']) {
      const [refused, thrown] = [await ask('/busy', language), await ask('/thrown', language)];
      expect(refused.statusCode).toBe(503);
      const { instance, ...problem } = refused.json<Record<string, unknown>>();
      expect(thrown.json()).toMatchObject(problem);
      expect(instance).toMatch(/^[0-9a-f-]{36}$/);
      const { date: _date, 'content-length': _length, 'keep-alive': _alive, connection: _connection, ...headers } = thrown.headers;
      expect(refused.headers).toMatchObject(headers);
      expect(refused.headers['retry-after']).toBe('2');
    }
    expect(read).toBe(0);
  });

  it('is not told to come again where that is of no use', async () => {
    const reply = await ask('/unknown');
    expect(reply.statusCode).toBe(401);
    expect(reply.headers).not.toHaveProperty('retry-after');
    expect(reply.headers['x-content-type-options']).toBe('nosniff');
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('leaves its connection to the next, whose body is read', async () => {
    const { port } = server.server.address() as { port: number };
    const body = 'x'.repeat(100_000);
    const head = (path: string, more = ''): string => `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\ncontent-length: ${body.length}\r\n${more}\r\n${body}`;
    const socket = connect(port, '127.0.0.1');
    socket.write(head('/busy') + head('/unknown') + head('/open', 'connection: close\r\n'));
    const statuses = [...(await text(socket)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual(['503', '401', '200']);
    expect(read).toBe(1);
  });
});
