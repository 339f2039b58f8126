import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { Problem } from '../../kernel/problem.ts';
import { asOutboundProblem, createGuard, type Resolve, systemResolve } from './guard.ts';

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
  /** The same as it came; one byte more than is of use says that there was more. */
  bytes?: Buffer;
}

/** Requests to addresses that people typed in. */
export interface Outbound {
  /**
   * Sends one request. Redirects are answers, not followed. Throws a Problem where the address is closed, is not
   * found, does not answer in time, or breaks the connection; its `mayHaveArrived` says whether the whole request had left by then.
   */
  send(request: OutboundRequest): Promise<OutboundReply>;
  /** Throws what `send` would throw for an address that is closed, not found or not encrypted; nothing is sent. */
  check(url: string): Promise<void>;
  close(): void;
}

export interface OutboundOptions {
  /** Ranges of addresses of one's own network that may be reached, and without encryption too. */
  allowed: readonly string[];
  timeoutMs?: number;
  resolve?: Resolve;
  /** Connections with one host at once. */
  connections?: number;
  /** So much of an answer is of use. */
  answerBytes?: number;
}

const usualTimeoutMs = 20_000;
const usualConnections = 8;
const usualAnswerBytes = 65_536;

/**
 * The program's way to the outside. It connects only to public addresses over TLS, and to what the installation allows.
 * The address that was checked is the one that is connected to: a name is looked up once, by the connection itself.
 */
export function createOutbound({ allowed, timeoutMs = usualTimeoutMs, resolve = systemResolve, connections = usualConnections, answerBytes = usualAnswerBytes }: OutboundOptions): Outbound {
  const guard = createGuard(allowed, resolve);
  const agents = { 'http:': new Agent({ keepAlive: true, maxSockets: connections }), 'https:': new SecureAgent({ keepAlive: true, maxSockets: connections }) };

  const exchange = ({ method, headers, body }: OutboundRequest, url: URL, signal: AbortSignal, left: () => void): Promise<OutboundReply> => {
    const isPlain = url.protocol === 'http:';
    const send = isPlain ? plainRequest : secureRequest;
    return new Promise((done, fail) => {
      const sent = send(url, {
        method, signal, agent: agents[url.protocol as 'http:'], lookup: guard.lookup(isPlain),
        headers: { ...headers, ...(body ? { 'content-length': String(body.length) } : {}) },
      });
      sent.once('error', fail);
      sent.once('finish', left);
      sent.once('response', (answer) => readAnswer(answer, answerBytes).then(
        (bytes) => done({ status: answer.statusCode ?? 0, headers: answer.headers, text: bytes.subarray(0, answerBytes).toString('utf8'), bytes }), fail));
      sent.end(body);
    });
  };
  return {
    async send(request) {
      const url = parseAddress(request.url);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      guard.demandAddress(host, url.protocol === 'http:');
      const signal = AbortSignal.timeout(timeoutMs);
      let mayHaveArrived = false;
      try {
        return await exchange(request, url, signal, () => void (mayHaveArrived = true));
      } catch (error) {
        const problem = asOutboundProblem(error, host, signal.aborted ? timeoutMs : null);
        problem.params.mayHaveArrived = mayHaveArrived;
        throw problem;
      }
    },
    async check(text) {
      const url = parseAddress(text);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      try {
        await guard.check(host, url.protocol === 'http:');
      } catch (error) {
        throw asOutboundProblem(error, host, null);
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
async function readAnswer(answer: IncomingMessage, answerBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > answerBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, answerBytes + 1);
}
