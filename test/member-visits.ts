import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import { createPageLink, type MemberPage } from '../src/domains/membership/contract.ts';
import { createTestServer } from './harness.ts';
import type { MembershipServer } from './membership-server.ts';

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** Members' pages as a browser opens them, on a server that knows nobody but by their cookie. */
export interface MemberVisits {
  server: FastifyInstance;
  tokenFor(customerNo: number, minutes?: number, mode?: 'own' | 'view'): Promise<string>;
  open(token: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Follows a link of their own; answers with the cookie. */
  visit(customerNo: number, minutes?: number, mode?: 'own' | 'view'): Promise<string>;
  send(
    cookie: string,
    method: Method,
    path: string,
    payload?: object,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  pageOf(cookie: string): Promise<MemberPage>;
}

export async function createMemberVisits(shop: MembershipServer): Promise<MemberVisits> {
  const server = await createTestServer(shop.platform, shop.membership.routes);
  const tokenFor: MemberVisits['tokenFor'] = async (customerNo, minutes = 60, mode = 'own') => {
    const { body, text, status } = await shop.ask(createPageLink, {
      params: { customerNo },
      body: { mode, minutes },
    });
    expect(status, text).toBe(201);
    return body.path.split('#')[1];
  };
  const open: MemberVisits['open'] = (token, headers = {}) =>
    server.inject({
      method: 'POST',
      url: '/api/member/session',
      payload: { token },
      headers: { 'accept-language': 'en', ...headers },
    });
  const send: MemberVisits['send'] = (cookie, method, path, payload, headers = {}) =>
    server.inject({
      method,
      url: `/api/member${path}`,
      payload,
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'accept-language': 'en', ...headers },
    });
  return {
    server,
    tokenFor,
    open,
    send,
    async visit(customerNo, minutes, mode) {
      const reply = await open(await tokenFor(customerNo, minutes, mode));
      expect(reply.statusCode, reply.body).toBe(201);
      return String(reply.headers['set-cookie']).split(';')[0];
    },
    async pageOf(cookie) {
      const reply = await send(cookie, 'GET', '/page');
      expect(reply.statusCode, reply.body).toBe(200);
      return reply.json();
    },
  };
}
