import { lookup } from 'node:dns/promises';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Problem } from '../../kernel/problem.ts';
import { createReach } from './addresses.ts';

export interface OutboundRequest {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: Buffer;
}

export interface OutboundReply {
  status: number;
  headers: IncomingHttpHeaders;
  /** As much of the answer as is of use. */
  text: string;
}

/** Requests to addresses that people typed in. */
export interface Outbound {
  /**
   * Sends one request. Redirects are answers, not followed. Throws a Problem where the address is closed, is not
   * found, does not answer in time, or breaks the connection.
   */
  send(request: OutboundRequest): Promise<OutboundReply>;
  /** Throws what `send` would throw for an address that is closed, not found or not encrypted; nothing is sent. */
  check(url: string): Promise<void>;
  close(): void;
}

/** Every address a name stands for. */
export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

const systemResolve: Resolve = (host) => lookup(host, { all: true, verbatim: true });

export interface OutboundOptions {
  /** Ranges of addresses of one's own network that may be reached, and without encryption too. */
  allowed: readonly string[];
  timeoutMs?: number;
  resolve?: Resolve;
}

const usualTimeoutMs = 20_000;
const answerBytes = 65_536;

/**
 * The program's way to the outside. It connects only to public addresses over TLS, and to what the installation allows.
 * The address that was checked is the one that is connected to: a name is looked up once, by the connection itself.
 */
export function createOutbound({ allowed, timeoutMs = usualTimeoutMs, resolve = systemResolve }: OutboundOptions): Outbound {
  const reach = createReach(allowed);
  const agents = { 'http:': new Agent({ keepAlive: true, maxSockets: 8 }), 'https:': new SecureAgent({ keepAlive: true, maxSockets: 8 }) };

  const demand = (host: string, addresses: readonly string[], isPlain: boolean): void => {
    const found = addresses.map(reach);
    if (found.includes('closed')) throw new Problem('platform.outbound_closed', { params: { host } });
    if (isPlain && found.includes('public')) throw new Problem('platform.outbound_plain', { params: { host } });
  };
  const lookupOf = (isPlain: boolean): LookupFunction => (host, options, done) => {
    resolve(host).then((found) => {
      demand(host, found.map((each) => each.address), isPlain);
      if (options.all) done(null, found);
      else done(null, found[0].address, found[0].family);
    }).catch((error: Error) => done(error, ''));
  };
  const exchange = ({ method, headers, body }: OutboundRequest, url: URL, signal: AbortSignal): Promise<OutboundReply> => {
    const isPlain = url.protocol === 'http:';
    const send = isPlain ? plainRequest : secureRequest;
    return new Promise((done, fail) => {
      const sent = send(url, {
        method, signal, agent: agents[url.protocol as 'http:'], lookup: lookupOf(isPlain),
        headers: { ...headers, ...(body ? { 'content-length': String(body.length) } : {}) },
      });
      sent.once('error', fail);
      sent.once('response', (answer) => readAnswer(answer).then(
        (text) => done({ status: answer.statusCode ?? 0, headers: answer.headers, text }), fail));
      sent.end(body);
    });
  };
  return {
    async send(request) {
      const url = parseAddress(request.url);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      // A connection to an address needs no lookup, so that it is looked at here.
      if (isIP(host) !== 0) demand(host, [host], url.protocol === 'http:');
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        return await exchange(request, url, signal);
      } catch (error) {
        throw asProblem(error, host, signal.aborted, timeoutMs);
      }
    },
    async check(text) {
      const url = parseAddress(text);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      try {
        demand(host, isIP(host) === 0 ? (await resolve(host)).map((each) => each.address) : [host], url.protocol === 'http:');
      } catch (error) {
        throw asProblem(error, host, false, timeoutMs);
      }
    },
    close: () => Object.values(agents).forEach((agent) => agent.destroy()),
  };
}

/** An address that something can be sent to. Throws `platform.outbound_bad_address`. */
export function parseAddress(text: string): URL {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') throw new Problem('platform.outbound_bad_address');
  return url;
}

/** What is longer is of no use; the connection is then given up, and not kept for the next request. */
async function readAnswer(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > answerBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, answerBytes).toString('utf8');
}

const notFoundCodes: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA']);

function asProblem(error: unknown, host: string, isLate: boolean, timeoutMs: number): Problem {
  if (error instanceof Problem) return error;
  if (isLate) return new Problem('platform.outbound_timeout', { params: { host, seconds: timeoutMs / 1_000 } });
  const { code = 'unknown' } = error as { code?: string };
  if (notFoundCodes.has(code)) return new Problem('platform.outbound_unknown_host', { params: { host } });
  return new Problem('platform.outbound_unreachable', { params: { host, reason: code } });
}
