import type { FastifyInstance, InjectOptions } from 'fastify';
import { z } from 'zod';
import type { Route } from '../../src/platform/http/route.ts';
import { disguises, wrongValues } from './payloads.ts';

export interface Attack {
  requests: number;
  statuses: Record<string, number>;
  /** Replies that must not be: 5xx, or one that shows what a canary holds. */
  faults: string[];
  slowestMs: number;
}

/** The names an endpoint's query or body declares. */
export function namesOf(schema: z.ZodType | undefined): string[] {
  if (!schema) return [];
  const { properties = {} } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as { properties?: Record<string, object> };
  return Object.keys(properties);
}

/** Sends every payload through every parameter of every endpoint: path, query, and what a body declares. */
export async function attack(server: FastifyInstance, routes: Route[], headers: Record<string, string>, payloads: string[], secret: string): Promise<Attack> {
  const result: Attack = { requests: 0, statuses: {}, faults: [], slowestMs: 0 };
  const send = async (method: string, url: string, payload?: unknown): Promise<void> => {
    const startedMs = performance.now();
    const reply = await server.inject({
      method: method as InjectOptions['method'], url,
      headers: { ...headers, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
      payload: payload === undefined ? undefined : JSON.stringify(payload),
    });
    result.slowestMs = Math.max(result.slowestMs, Math.round(performance.now() - startedMs));
    result.requests++;
    result.statuses[reply.statusCode] = (result.statuses[reply.statusCode] ?? 0) + 1;
    if (reply.statusCode >= 500) result.faults.push(`${method} ${url.slice(0, 160)} ${JSON.stringify(payload)?.slice(0, 120) ?? ''}: ${reply.statusCode} ${reply.body.slice(0, 200)}`);
    if (reply.body.includes(secret)) result.faults.push(`${method} ${url.slice(0, 160)}: shows what the canary holds`);
  };
  for (const { endpoint } of routes) {
    const { method, path, query, body } = endpoint;
    const plain = path.replace(/:\w+/g, '1');
    for (const name of namesOf(query)) {
      for (const value of payloads) await send(method, `${plain}?${name}=${encode(value)}`, method === 'GET' ? undefined : {});
      for (const disguise of disguises(name)) await send(method, `${plain}?${encodeURIComponent(disguise)}=1`, method === 'GET' ? undefined : {});
      await send(method, `${plain}?${name}=1&${name}=2`, method === 'GET' ? undefined : {});
    }
    if (path.includes(':')) {
      for (const value of payloads) await send(method, path.replace(/:\w+/g, () => encode(value.slice(0, 400))), method === 'GET' || method === 'DELETE' ? undefined : {});
    }
    for (const name of namesOf(body)) {
      for (const value of [...wrongValues, ...payloads.slice(0, Math.ceil(payloads.length / 10))]) await send(method, plain, { [name]: value });
    }
  }
  return result;
}

/** Percent-encodes also what `encodeURIComponent` refuses: half a character is sent as its bytes. */
const encode = (value: string): string =>
  (value.isWellFormed() ? encodeURIComponent(value) : encodeURIComponent(value.replace(/[\ud800-\udfff]/g, '')) + '%ED%A0%80');
