import type { Endpoint, EndpointReply, EndpointRequest } from '../../kernel/endpoint.ts';
import type { Locale } from '../../kernel/locale.ts';
import type { LocalServer } from '../../serve/local-server.ts';
import { ToldFailure } from '../terminal/failure.ts';

/** The running server, as a command speaks to it: with this machine's own credential. */
export interface Server extends LocalServer {
  locale: Locale;
}

/** Calls an endpoint. Throws the server's sentence where it refuses. */
export async function call<E extends Endpoint>(server: Server, endpoint: E, request: EndpointRequest<E> = {}): Promise<EndpointReply<E>> {
  const { body } = request;
  const reply = await fetch(addressOf(server, endpoint, request), {
    method: endpoint.method,
    headers: { ...headersOf(server), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await refuse(reply);
  return (text === '' ? undefined : JSON.parse(text)) as EndpointReply<E>;
}

/** The reply of an endpoint that is a file, as it comes. */
export async function openFile<E extends Endpoint>(server: Server, endpoint: E, request: EndpointRequest<E> = {}): Promise<ReadableStream<Uint8Array>> {
  const reply = await fetch(addressOf(server, endpoint, request), { headers: headersOf(server) });
  if (!reply.ok || !reply.body) throw new ToldFailure(await refuse(reply));
  return reply.body;
}

export const headersOf = (server: Server): Record<string, string> =>
  ({ authorization: `Bearer ${server.token}`, 'accept-language': server.locale });

/** The text of a reply; throws the sentence of a refusal, with the fields that were wrong. */
export async function refuse(reply: Response): Promise<string> {
  const text = await reply.text();
  if (reply.ok) return text;
  const { detail, errors = [] } = problemOf(text);
  const fields = errors.map(({ path, message, code }) => `${path}: ${message ?? code}`);
  throw new ToldFailure([detail ?? `${reply.status} ${reply.statusText}`, ...fields].join('\n'));
}

function problemOf(text: string): { detail?: string; errors?: { path: string; code: string; message?: string }[] } {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}

function addressOf(server: Server, { path }: Endpoint, { params = {}, query = {} }: { params?: unknown; query?: unknown }): URL {
  const values = params as Record<string, string | number>;
  const url = new URL(path.replace(/:(\w+)/g, (_part, name: string) => encodeURIComponent(values[name])), server.url);
  for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}
