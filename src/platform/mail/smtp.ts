import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { connect as connectSecurely } from 'node:tls';
import type { NodemailerError } from 'nodemailer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { Problem } from '../../kernel/problem.ts';
import { asOutboundProblem, type Guard } from '../outbound/guard.ts';
import type { OpenMailServer } from './mail-server.ts';

/** One message for one person, ready to go over the wire. */
export interface Parcel {
  from: string;
  to: string;
  content: Buffer;
  /** Called once the server is ready to take the content, before the first byte of it leaves. */
  beforeContent?: () => Promise<void>;
}

export interface SmtpOptions {
  guard: Guard;
  server: OpenMailServer;
  timeoutMs: number;
}

/** Connects, signs in, and leaves again. Throws a Problem that says what is wrong. */
export const tryServer = (options: SmtpOptions): Promise<void> => inSession(options, async () => {});

/**
 * Hands one message over. Resolves when the server has taken it. Throws `platform.mail_unknown` where the whole of
 * it was handed over and no answer came: then nobody can say whether it arrives. Every other Problem means that it does not.
 */
export async function handOver(options: SmtpOptions, { from, to, content, beforeContent }: Parcel): Promise<void> {
  let isHandedOver = false;
  const message = async function* () {
    await beforeContent?.();
    yield content;
    isHandedOver = true;
  };
  await inSession(options, async (session) => {
    const sent = Promise.withResolvers<void>();
    const stream = Readable.from(message(), { objectMode: false });
    session.send({ from, to: [to], size: content.length }, stream, (error) => (error ? sent.reject(error) : sent.resolve()));
    try {
      await sent.promise;
    } catch (error) {
      if (isHandedOver && (error as NodemailerError).responseCode === undefined) throw new Problem('platform.mail_unknown', { params: { host: options.server.host }, cause: error });
      throw error;
    }
  });
}

async function inSession(options: SmtpOptions, use: (session: SMTPConnection) => Promise<void>): Promise<void> {
  const { server: { host, user, password, security } } = options;
  let session: SMTPConnection | undefined;
  try {
    const connection = await openSocket(options);
    const isSecured = security === 'tls';
    session = new SMTPConnection({
      host, connection, secure: isSecured, secured: isSecured, requireTLS: security === 'starttls', ignoreTLS: security === 'plain',
      ...(isIP(host) === 0 ? { tls: { servername: host } } : {}),
      connectionTimeout: options.timeoutMs, greetingTimeout: options.timeoutMs, socketTimeout: options.timeoutMs,
    });
    await greeted(session);
    if (user !== '') await signedIn(session, user, password ?? '');
    await use(session);
    session.quit();
  } catch (error) {
    session?.close();
    throw asMailProblem(error, host, options.timeoutMs);
  }
}

/** A socket to an address that may be connected to, encrypted where that comes first. */
async function openSocket({ guard, server: { host, port, security }, timeoutMs }: SmtpOptions): Promise<Socket> {
  const isPlain = security === 'plain';
  guard.demandAddress(host, isPlain);
  const where = { host, port, lookup: guard.lookup(isPlain) };
  const socket = security === 'tls' ? connectSecurely({ ...where, ...(isIP(host) === 0 ? { servername: host } : {}) }) : connect(where);
  try {
    await once(socket, security === 'tls' ? 'secureConnect' : 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function greeted(session: SMTPConnection): Promise<void> {
  const ready = Promise.withResolvers<void>();
  session.once('error', ready.reject);
  session.connect((error) => (error ? ready.reject(error) : ready.resolve()));
  await ready.promise;
  // What breaks later is told to whoever waits for an answer.
  session.on('error', () => {});
}

async function signedIn(session: SMTPConnection, user: string, pass: string): Promise<void> {
  const done = Promise.withResolvers<void>();
  session.once('error', done.reject);
  session.login({ credentials: { user, pass } }, (error) => (error ? done.reject(error) : done.resolve()));
  await done.promise;
}

/** The codes of an answer (RFC 5321 and RFC 3463). Its words may name people and are left out. */
const codesOf = (response: string | undefined): string => /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response ?? '')?.[0].replace('-', ' ') ?? '';

function asMailProblem(error: unknown, host: string, timeoutMs: number): Problem {
  if (error instanceof Problem) return error;
  const { code, originalCode, name, permanent, response, responseCode } = error as NodemailerError;
  if (code === 'ETLS') return new Problem('platform.mail_not_encrypted', { params: { host }, cause: error });
  if (responseCode !== undefined) {
    const params = { host, reply: codesOf(response) };
    if (code === 'EAUTH') return new Problem('platform.mail_sign_in_refused', { params, cause: error });
    return new Problem(permanent ? 'platform.mail_refused' : 'platform.mail_deferred', { params, cause: error });
  }
  if (code === 'EAUTH') return new Problem('platform.mail_sign_in_refused', { params: { host, reply: '' }, cause: error });
  const isLate = code === 'ETIMEDOUT' || name === 'AbortError' || name === 'TimeoutError';
  return asOutboundProblem({ code: originalCode ?? code }, host, isLate ? timeoutMs : null);
}
