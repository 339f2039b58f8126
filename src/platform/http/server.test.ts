import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTestPlatform, createTestServer, type TestPlatform } from '../../../test/harness.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { conflict } from '../../kernel/problem.ts';
import { sendCsv } from './csv-reply.ts';
import { openApi } from './openapi.ts';
import { rawRoute, route } from './route.ts';

const readThing = endpoint({
  method: 'GET', path: '/api/things/:thingNo', summary: 'One thing', access: 'things.read',
  params: z.object({ thingNo: z.coerce.number().int().positive() }),
  reply: z.object({ thingNo: z.number() }),
});
const makeThing = endpoint({
  method: 'POST', path: '/api/things', summary: 'Make a thing', access: 'signed-in', status: 201,
  body: z.object({ size: z.number().max(10) }),
  reply: z.object({ size: z.number() }),
});
const breakThing = endpoint({ method: 'DELETE', path: '/api/things', summary: 'Break it', access: 'public', reply: z.object({}) });
const takeThings = endpoint({ method: 'GET', path: '/api/things/export', summary: 'Things as CSV', access: 'public', query: z.object({ failsAfter: z.coerce.number() }), reply: z.string(), raw: true });
async function* rowsUntil(failsAfter: number) {
  for (let row = 0; row < 20_000; row++) {
    if (row === failsAfter) throw conflict('platform.bad_request');
    yield [row, 'x'.repeat(20)];
  }
}
const routes = [
  rawRoute(takeThings, async ({ query, reply }) => sendCsv(reply, 'things.csv', ['no', 'text'], rowsUntil(query.failsAfter))),
  route(readThing, async ({ params }) => {
    if (params.thingNo === 9) throw conflict('platform.bad_request');
    return { thingNo: params.thingNo, secret: 'never leaves' };
  }),
  route(makeThing, async ({ body }) => body),
  route(breakThing, async () => {
    throw new Error("duplicate key value (phone)=(13800138000) in 'customer'");
  }),
];

describe('the HTTP server', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  beforeAll(async () => {
    test = await createTestPlatform();
    server = await createTestServer(test.platform, routes);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });
  const as = (permissions: string) => ({ 'x-test-permissions': permissions });

  it('asks who it is, then whether they may, then whether it is valid', async () => {
    expect((await server.inject('/api/things/x')).statusCode).toBe(401);
    expect((await server.inject({ url: '/api/things/x', headers: as('things.write') })).statusCode).toBe(403);
    const bad = await server.inject({ url: '/api/things/x', headers: as('things.read') });
    expect(bad.statusCode).toBe(400);
    expect(bad.json()).toMatchObject({ code: 'platform.invalid_input', errors: [{ path: 'params.thingNo' }] });
    expect((await server.inject({ url: '/api/nothing', headers: as('') })).statusCode).toBe(404);
  });

  it('answers an error among the first rows of a file like any other, and breaks off at a later one', async () => {
    const whole = await server.inject('/api/things/export?failsAfter=-1');
    expect(whole.body.split('\r\n')).toHaveLength(20_002);
    const early = await server.inject('/api/things/export?failsAfter=3');
    expect(early.json()).toMatchObject({ status: 409, code: 'platform.bad_request' });
    expect(early.headers['content-disposition']).toBeUndefined();
    await expect(server.inject('/api/things/export?failsAfter=19000')).rejects.toThrow();
  });

  it('lets out only what the reply declares', async () => {
    const reply = await server.inject({ url: '/api/things/3', headers: as('things.read') });
    expect(reply.json()).toEqual({ thingNo: 3 });
  });

  it('answers problems as RFC 9457 in the language of the reader', async () => {
    const ask = (language: string) => server.inject({ url: '/api/things/9', headers: { ...as('things.read'), 'accept-language': language } });
    const [english, simplified, traditional] = await Promise.all([ask('en-GB'), ask('zh-CN,zh;q=0.9'), ask('zh-Hant-HK')]);
    expect(english.headers['content-type']).toContain('application/problem+json');
    expect(english.json()).toMatchObject({ status: 409, code: 'platform.bad_request', detail: 'The request cannot be understood.' });
    expect(simplified.json().detail).toBe('无法识别该请求。');
    expect(traditional.json().detail).toBe('無法識別該請求。');
  });

  it('reveals nothing of an error nobody declared', async () => {
    const reply = await server.inject({ method: 'DELETE', url: '/api/things' });
    expect(reply.statusCode).toBe(500);
    expect(reply.body).not.toContain('13800138000');
    expect(reply.json().code).toBe('platform.unexpected');
  });

  it.each([
    ['another site says so', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling site is another site', { 'sec-fetch-site': 'same-site' }, 403],
    ['an old browser with a foreign origin', { origin: 'https://evil.example' }, 403],
    ['an old browser with the origin null', { origin: 'null' }, 403],
    ['an old browser without an origin', {}, 403],
    ['the site itself', { 'sec-fetch-site': 'same-origin' }, 201],
    ['an old browser with the own origin', { origin: 'http://perennial.test', host: 'perennial.test' }, 201],
  ])('refuses unsafe requests that ride on a cookie: %s', async (_name, headers, status) => {
    const reply = await server.inject({
      method: 'POST', url: '/api/things', payload: { size: 1 },
      headers: { ...as(''), cookie: 'perennial_session=x', ...headers } as Record<string, string>,
    });
    expect(reply.statusCode).toBe(status);
  });

  it('takes no form posts, no broken JSON, no oversized body, no `__proto__`', async () => {
    const post = (payload: string, type: string) => server.inject({ method: 'POST', url: '/api/things', payload, headers: { ...as(''), 'content-type': type } });
    expect((await post('size=1', 'application/x-www-form-urlencoded')).statusCode).toBe(415);
    expect((await post('{"size":1}', 'text/plain')).statusCode).toBe(400);
    expect((await post('{"size":', 'application/json')).statusCode).toBe(400);
    expect((await post('{"size":1,"__proto__":{"x":1}}', 'application/json')).statusCode).toBe(400);
    expect((await post(`{"size":1,"x":"${'y'.repeat(2 ** 20)}"}`, 'application/json')).statusCode).toBe(413);
  });

  it('sends headers that let no script of others run', async () => {
    const { headers } = await server.inject('/api/things/1');
    expect(headers['content-security-policy']).toMatch(/script-src 'self';/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('is described by an OpenAPI document made of the same endpoints', () => {
    const document = openApi([readThing, makeThing], '1') as { paths: Record<string, Record<string, { parameters: { name: string }[] }>> };
    expect(Object.keys(document.paths)).toEqual(['/api/things/{thingNo}', '/api/things']);
    expect(document.paths['/api/things/{thingNo}'].get.parameters.map((p) => p.name)).toEqual(['thingNo']);
  });
});
