import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../kernel/actor.ts';
import type { Endpoint, EndpointInput, EndpointReply } from '../../kernel/endpoint.ts';

/** What a handler may read of a request. `actor` is the system for public endpoints without a session. */
export type Call<E extends Endpoint> = EndpointInput<E> & {
  actor: Actor;
  request: FastifyRequest;
  reply: FastifyReply;
};

export interface Route {
  endpoint: Endpoint;
  handler: (call: Call<Endpoint>) => Promise<unknown>;
}

/** Binds an endpoint to its handler. */
export const route = <E extends Endpoint>(endpoint: E, handler: (call: Call<E>) => Promise<EndpointReply<E>>): Route => ({
  endpoint,
  handler: handler as unknown as Route['handler'],
});

/** For endpoints marked `raw`: the handler writes to `reply` itself. */
export const rawRoute = <E extends Endpoint>(endpoint: E, handler: (call: Call<E>) => Promise<unknown>): Route => ({
  endpoint,
  handler: handler as unknown as Route['handler'],
});
