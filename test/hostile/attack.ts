import type { FastifyInstance, InjectOptions } from 'fastify';
import { z } from 'zod';
import type { Route } from '../../src/platform/http/route.ts';
import { placesOf } from './body-places.ts';
import { disguises, wrongValues } from './payloads.ts';

export interface Attack {
  requests: number;
  statuses: Record<string, number>;
  /** Replies that must not be: 5xx, or one that shows what a canary holds. */
  faults: string[];
  slowestMs: number;
  /** Different places in bodies, and how many requests through them were found to be in order. */
  places: number;
  reached: number;
}

/** The names an endpoint's query or body declares. */
export function namesOf(schema: z.ZodType | undefined): string[] {
  if (!schema) return [];
  const { properties = {} } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as { properties?: Record<string, object> };
  return Object.keys(properties);
}

/** What is sent, and how much of it through places in bodies: one of `share` values through each, the next ones through the next. */
export interface Weapons {
  payloads: string[];
  share: number;
}

/** Of a place that endpoints met before have too, such as one in a rule, so much less is enough. */
const again = 20;

/** Sends every payload through every parameter of every endpoint: path, query, and every place of a body. */
export async function attack(server: FastifyInstance, routes: Route[], headers: Record<string, string>, { payloads, share }: Weapons, secret: string): Promise<Attack> {
  const result: Attack = { requests: 0, statuses: {}, faults: [], slowestMs: 0, places: 0, reached: 0 };
  const send = async (method: string, url: string, payload?: unknown): Promise<number> => {
    const startedMs = performance.now();
    const asked = `${method} ${url.slice(0, 160)} ${JSON.stringify(payload)?.slice(0, 400) ?? ''}`;
    result.requests++;
    try {
      const { statusCode, body } = await server.inject({
        method: method as InjectOptions['method'], url,
        headers: { ...headers, ...(payload === undefined ? {} : { 'content-type': 'application/json' }) },
        payload: payload === undefined ? undefined : JSON.stringify(payload),
      });
      result.statuses[statusCode] = (result.statuses[statusCode] ?? 0) + 1;
      if (statusCode >= 500) result.faults.push(`${asked}: ${statusCode} ${body.slice(0, 200)}`);
      if (body.includes(secret)) result.faults.push(`${asked}: shows what the canary holds`);
      return statusCode;
    } catch (error) {
      result.faults.push(`${asked}: broken off, ${(error as Error).message}`);
      return 0;
    } finally {
      result.slowestMs = Math.max(result.slowestMs, Math.round(performance.now() - startedMs));
    }
  };
  const met = new Set<string>();
  let placeNo = 0;
  for (const { endpoint } of routes) {
    const { method, path, query, body } = endpoint;
    const plain = path.replace(/:\w+/g, '1');
    const empty = method === 'GET' || method === 'DELETE' ? undefined : {};
    for (const name of namesOf(query)) {
      for (const value of payloads) await send(method, `${plain}?${name}=${encode(value)}`, empty);
      for (const disguise of disguises(name)) await send(method, `${plain}?${encodeURIComponent(disguise)}=1`, empty);
      await send(method, `${plain}?${name}=1&${name}=2`, empty);
    }
    if (path.includes(':')) {
      for (const value of payloads) await send(method, path.replace(/:\w+/g, () => encode(value.slice(0, 400))), empty);
    }
    for (const place of placesOf(body)) {
      const one = met.has(place.name) ? share * again : share;
      met.add(place.name);
      placeNo++;
      const chosen = [...wrongValues, ...payloads].filter((_, i) => (i + placeNo) % one === 0);
      for (const value of chosen) if ((await send(method, plain, place.put(value))) < 300) result.reached++;
    }
  }
  return { ...result, places: met.size };
}

/** Percent-encodes also what `encodeURIComponent` refuses: half a character is sent as its bytes. */
const encode = (value: string): string =>
  (value.isWellFormed() ? encodeURIComponent(value) : encodeURIComponent(value.replace(/[\ud800-\udfff]/g, '')) + '%ED%A0%80');
