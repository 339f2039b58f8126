import type { z } from 'zod';
import type { Permission } from './actor.ts';

/**
 * One HTTP endpoint, described once: the server's handler, the web's client and the
 * OpenAPI document are all derived from it. Browser-safe.
 */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify's form: `/api/customers/:customerNo`. */
  path: `/${string}`;
  /** One English line for the OpenAPI document. */
  summary: string;
  /** Who may call: anyone, anyone signed in, or a holder of the permission. */
  access: 'public' | 'signed-in' | Permission;
  params?: P;
  query?: Q;
  body?: B;
  /** What leaves: the reply is parsed by it, so undeclared fields are dropped. */
  reply: R;
  /** Status of success, 200 unless said. */
  status?: 200 | 201 | 202 | 204;
  /** Largest body in bytes; 1 MiB unless said. */
  bodyLimitBytes?: number;
  /** A form may be sent and is not read: a program of mail that leaves a list for its reader sends one (RFC 8058). */
  takesForm?: boolean;
  /** The handler writes the reply itself (a file, a stream); `reply` documents it. */
  raw?: boolean;
}

/** Keeps the literal types of an endpoint's schemas. */
export const endpoint = <
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  definition: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> => definition;

type Inferred<T> = T extends z.ZodType ? z.output<T> : never;
type Given<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a handler receives. */
export type EndpointInput<E extends Endpoint> = {
  params: Inferred<E['params']>;
  query: Inferred<E['query']>;
  body: Inferred<E['body']>;
};
/** What a caller gives; absent parts may be left out. */
export type EndpointRequest<E extends Endpoint> = {
  params?: Given<E['params']>;
  query?: Given<E['query']>;
  body?: Given<E['body']>;
};
export type EndpointReply<E extends Endpoint> = z.output<E['reply']>;
