import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, permissions } from '../src/app.ts';
import type { Route } from '../src/platform/http/route.ts';
import { createTestPlatform, createTestServer, type TestPlatform } from './harness.ts';
import { namesOf } from './hostile/attack.ts';

/**
 * Made from the router itself, so that no endpoint can be forgotten: each refuses who is not signed
 * in (401), who may not (403), what is not valid (400), and what does not exist (404).
 */
describe('every endpoint', () => {
  let test: TestPlatform;
  let server: FastifyInstance;
  let routes: Route[];
  const everything = { 'x-test-permissions': permissions.join(' ') };
  beforeAll(async () => {
    test = await createTestPlatform();
    const app = createApp(test.platform, undefined);
    routes = app.routes;
    server = await createTestServer(test.platform, routes);
    await test.platform.jobs.start(false);
  });
  afterAll(async () => {
    await server.close();
    await test.close();
  });

  const send = (route: Route, path: string, headers: Record<string, string>, payload?: string) => {
    const { method } = route.endpoint;
    const withBody = payload !== undefined && method !== 'GET' ? { payload, headers: { ...headers, 'content-type': 'application/json' } } : { headers };
    return server.inject({ method, url: path, ...withBody } as InjectOptions);
  };
  const name = (route: Route): string => `${route.endpoint.method} ${route.endpoint.path}`;
  const filled = (route: Route, value: string): string => route.endpoint.path.replace(/:\w+/g, value);

  it('declares a permission that exists', () => {
    const known = new Set<string>([...permissions, 'public', 'signed-in']);
    expect(routes.filter((r) => !known.has(r.endpoint.access)).map(name)).toEqual([]);
  });

  it('is declared once', () => {
    const names = routes.map(name);
    expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([]);
  });

  it('is closed to who is not signed in', async () => {
    const open: string[] = [];
    for (const route of routes.filter((r) => r.endpoint.access !== 'public')) {
      const reply = await send(route, filled(route, '1'), {}, '{}');
      if (reply.statusCode !== 401) open.push(`${name(route)}: ${reply.statusCode}`);
    }
    expect(open).toEqual([]);
  });

  it('is closed to who holds every permission but its own', async () => {
    const open: string[] = [];
    for (const route of routes.filter((r) => !['public', 'signed-in'].includes(r.endpoint.access))) {
      const others = permissions.filter((p) => p !== route.endpoint.access).join(' ');
      const reply = await send(route, filled(route, '1'), { 'x-test-permissions': others }, '{}');
      if (reply.statusCode !== 403) open.push(`${name(route)}: ${reply.statusCode}`);
    }
    expect(open).toEqual([]);
  });

  it('refuses a path, a query or a body that is not valid, and never fails on one', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const { path, query, body, params } = route.endpoint;
      const tries: [string, string | undefined][] = [];
      if (body) tries.push([filled(route, '1'), '"not an object"'], [filled(route, '1'), '{"__proto__":{"x":1}}']);
      if (params && /:\w*(no|id)\b/i.test(path)) tries.push([filled(route, 'x%00y'), '{}']);
      if (query) tries.push([`${filled(route, '1')}?page=1e999&pageSize=-1&sort=${'x'.repeat(300)}&from=never`, '{}']);
      for (const [url, payload] of tries) {
        const reply = await send(route, url, everything, payload);
        if (reply.statusCode < 400 || reply.statusCode >= 500) {
          const harmless = reply.statusCode < 400 && url.includes('?') && !('page' in (query as { shape?: object }).shape!);
          if (!harmless) wrong.push(`${route.endpoint.method} ${url.slice(0, 80)} ${payload ?? ''}: ${reply.statusCode}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('refuses pages without measure, and an order that a list does not have', async () => {
    const wrong: string[] = [];
    for (const route of routes) {
      const path = route.endpoint.path.replace(':dimension', 'product').replace(/:\w+/g, '1');
      const needed = path.startsWith('/api/insights') ? 'from=2026-03-01&to=2026-03-31&' : '';
      const names = namesOf(route.endpoint.query);
      const absurd = ['page', 'pageSize', 'limit', 'offset'].filter((known) => names.includes(known)).flatMap((known) => ['1e9', '1000000000', '-1', '0.5', 'NaN', '9'.repeat(400)].map((value) => `${known}=${value}`));
      const orders = names.includes('sort') ? ['sort=nonsense', 'sort=-nonsense', 'sort=constructor', 'sort=name%3Bselect', 'sort=-'] : [];
      for (const asked of [...absurd, ...orders]) {
        const reply = await send(route, `${path}?${needed}${asked}`, everything, '{}');
        if (reply.statusCode !== 400) wrong.push(`${name(route)}?${asked.slice(0, 40)}: ${reply.statusCode}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('refuses bodies nested too deeply and lists that are too long, in every endpoint', async () => {
    const wrong: string[] = [];
    const deep = `${'['.repeat(100)}${']'.repeat(100)}`;
    const many = `[${'1,'.repeat(6_000)}1]`;
    const keys = `{${Array.from({ length: 6_000 }, (_, n) => `"k${n}":1`).join()}}`;
    for (const route of routes.filter(({ endpoint }) => endpoint.body)) {
      const first = namesOf(route.endpoint.body)[0];
      for (const body of [deep, `{"${first}":${deep}}`, `{"unknown":${deep}}`, `{"${first}":${many}}`, `{"${first}":${keys}}`]) {
        const reply = await send(route, filled(route, '1'), everything, body);
        if (reply.statusCode !== 400 || reply.json().code !== 'platform.body_too_complex') wrong.push(`${name(route)} ${body.slice(0, 20)}: ${reply.statusCode} ${reply.json().code}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('knows what does not exist', async () => {
    const wrong: string[] = [];
    for (const route of routes.filter((r) => r.endpoint.method === 'GET' && /:\w*(no|id)\b/i.test(r.endpoint.path))) {
      const reply = await send(route, filled(route, '999999999'), everything);
      if (reply.statusCode !== 404) wrong.push(`${name(route)}: ${reply.statusCode}`);
    }
    expect(wrong).toEqual([]);
  });
});
