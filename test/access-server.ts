import type { FastifyInstance, InjectOptions } from 'fastify';
import type { Permission } from '../src/kernel/actor.ts';
import { permissions as accessPermissions } from '../src/domains/access/contract.ts';
import { createAccess, type Access } from '../src/domains/access/public.ts';
import { hashPassword } from '../src/domains/access/passwords/hash.ts';
import { insertSession } from '../src/domains/access/sessions/store.ts';
import type { Route } from '../src/platform/http/route.ts';
import { createServer } from '../src/platform/http/server.ts';
import { createSay } from '../src/platform/i18n.ts';
import type { Platform } from '../src/platform/platform.ts';
import { createTestPlatform } from './harness.ts';

export const goodPassword = 'three green kettles';
export const localToken = 'a-local-token-of-the-command-line';
/** Permissions of domains beside access, so that roles have something to differ in. */
export const otherPermissions: Permission[] = ['customers.read', 'customers.edit', 'customers.reveal', 'customers.erase', 'commerce.read', 'insights.read', 'later.read', 'later.run'];

/** One person who is signed in: their number, address and the cookie their browser sends. */
export interface Person {
  staffId: number;
  email: string;
  cookie: string;
}

export interface AccessServer {
  platform: Platform;
  access: Access;
  server: FastifyInstance;
  /** The time it is for the server; tests move it. */
  clock: { at: Date; now(): Date; passMs(ms: number): void };
  /** Makes an account with these roles (by key) and a session of it. The password is `goodPassword`. */
  person(name: string, ...roles: string[]): Promise<Person>;
  /** The number of a role by its key. */
  roleId(key: string): Promise<number>;
  /** A request as the web makes it. */
  ask(who: Person | string | null, method: InjectOptions['method'], url: string, payload?: object): Promise<Reply>;
  close(): Promise<void>;
}

export type Reply = Awaited<ReturnType<FastifyInstance['inject']>>;

/** A server with the real access domain: sessions, tokens and roles as in the product. */
export async function createAccessServer(extraRoutes: Route[] = []): Promise<AccessServer> {
  const test = await createTestPlatform();
  const clock = {
    at: new Date(),
    now: () => new Date(clock.at),
    passMs: (ms: number) => {
      clock.at = new Date(clock.at.getTime() + ms);
    },
  };
  const platform = { ...test.platform, clock };
  const access = createAccess(platform, { permissions: [...accessPermissions, ...otherPermissions], localToken });
  const server = await createServer({ log: platform.log, say: createSay(), routes: [...access.routes, ...extraRoutes], authenticate: access.authenticate });
  const passwordHash = await hashPassword(goodPassword);
  return {
    platform,
    access,
    server,
    clock,
    async person(name, ...roles) {
      const email = `${name.toLowerCase().replace(/\W+/g, '.')}@shop.test`;
      const { rows } = await platform.pg.query<{ staff_id: number }>('insert into staff (email, name, password_hash) values ($1, $2, $3) returning staff_id', [email, name, passwordHash]);
      const staffId = rows[0].staff_id;
      await platform.pg.query('insert into staff_role select $1, role_id from role where key = any($2) or name = any($2)', [staffId, roles]);
      const token = await insertSession(platform.pg, staffId, { address: '127.0.0.1', device: 'test' }, clock.now());
      return { staffId, email, cookie: `perennial_session=${token}` };
    },
    async roleId(key) {
      const { rows } = await platform.pg.query<{ role_id: number }>('select role_id from role where key = $1 or name = $1', [key]);
      return rows[0].role_id;
    },
    ask: (who, method, url, payload) =>
      server.inject({
        method, url, payload,
        headers: {
          'accept-language': 'en',
          'sec-fetch-site': 'same-origin',
          ...(typeof who === 'string' ? { authorization: `Bearer ${who}` } : {}),
          ...(who !== null && typeof who !== 'string' ? { cookie: who.cookie } : {}),
        },
      }),
    async close() {
      await server.close();
      await test.close();
    },
  };
}

/** The session cookie a reply sets, as the browser would send it back. */
export const cookieOf = (reply: Reply): string => {
  const found = reply.cookies.find((c) => c.name.endsWith('perennial_session') && c.value !== '');
  return found ? `${found.name}=${found.value}` : '';
};
