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
export async function tryServer(options: SmtpOptions): Promise<void> {
  const session = await openSession(options);
  session.quit();
}

/**
 * Hands one message over. Resolves when the server has taken it. Throws `platform.mail_unknown` where the whole of
 * it was handed over and no answer came: then nobody can say whether it arrives. Every other Problem means that it does not.
 */
export async function handOver(options: SmtpOptions, parcel: Parcel): Promise<void> {
  const session = await openSession(options);
  try {
    await deliver(session, parcel);
    session.quit();
  } catch (error) {
    session.close();
    throw asMailProblem(error, options);
  }
}

/** Whether the server has the whole of a message whose answer did not come. */
class Unanswered extends Error {}

/** Sends a message in a session that is open. What it throws is made a Problem by `asMailProblem`. */
export async function deliver(session: SMTPConnection, { from, to, content, beforeContent }: Parcel): Promise<void> {
  let isHandedOver = false;
  const sent = Promise.withResolvers<void>();
  const hand = async (): Promise<void> => {
    await beforeContent?.();
    isHandedOver = true;
    stream.push(content);
    stream.push(null);
  };
  let handing: Promise<void> | undefined;
  // Read from once the server waits for the content.
  const stream = new Readable({ read: () => void (handing ??= hand().catch((error: unknown) => void stream.destroy(error as Error))) });
  session.send({ from, to: [to], size: content.length }, stream, (error) => (error ? sent.reject(error) : sent.resolve()));
  try {
    await sent.promise;
  } catch (error) {
    if (isHandedOver && (error as NodemailerError).responseCode === undefined) throw new Unanswered('no answer', { cause: error });
    throw error;
  }
}

/** A session that is signed in, for messages one after the other. Throws a Problem. */
export async function openSession(options: SmtpOptions): Promise<SMTPConnection> {
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
    return session;
  } catch (error) {
    session?.close();
    throw asMailProblem(error, options);
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

/** What went wrong in a session, as a person is told; `step` is the command that was answered, where one was. */
export function asMailProblem(error: unknown, { server: { host }, timeoutMs }: SmtpOptions): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Unanswered) return new Problem('platform.mail_unknown', { params: { host }, cause: error });
  const { code, command, originalCode, name, permanent, response, responseCode } = error as NodemailerError;
  if (code === 'ETLS') return new Problem('platform.mail_not_encrypted', { params: { host }, cause: error });
  if (responseCode !== undefined) {
    const params = { host, reply: codesOf(response), step: command ?? '' };
    if (code === 'EAUTH') return new Problem('platform.mail_sign_in_refused', { params, cause: error });
    return new Problem(permanent ? 'platform.mail_refused' : 'platform.mail_deferred', { params, cause: error });
  }
  if (code === 'EAUTH') return new Problem('platform.mail_sign_in_refused', { params: { host, reply: '' }, cause: error });
  const isLate = code === 'ETIMEDOUT' || name === 'AbortError' || name === 'TimeoutError';
  return asOutboundProblem({ code: originalCode ?? code }, host, isLate ? timeoutMs : null);
}
