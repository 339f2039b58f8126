import type { Endpoint, EndpointReply, EndpointRequest } from '../../kernel/endpoint.ts';
import { currentLocale } from '../i18n/language.ts';
import { addressOf } from './address.ts';
import { readProblem, unreachable } from './api-problem.ts';
import { reportSignedOut } from './signed-out.ts';

/** Reads a reply's JSON, or undefined where there is none (204). Throws `ApiProblem` for a failure. */
export async function replyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text);
  const problem = readProblem(response.status, text, response.headers.get('retry-after'));
  if (problem.status === 401) reportSignedOut();
  throw problem;
}

/**
 * Calls an endpoint of a contract. The reply is trusted to have the contract's shape: the
 * server parsed it by the same schema on its way out.
 * Throws `ApiProblem`; an abort throws the signal's own reason.
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  request: EndpointRequest<E> = {},
  options: { signal?: AbortSignal } = {},
): Promise<EndpointReply<E>> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': currentLocale(),
  };
  const init: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin' };
  if (options.signal) init.signal = options.signal;
  if (request.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(request.body);
  }
  let response: Response;
  try {
    response = await fetch(addressOf(endpoint, request), init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachable();
  }
  return (await replyOf(response)) as EndpointReply<E>;
}
