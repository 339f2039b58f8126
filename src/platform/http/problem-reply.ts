import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../kernel/locale.ts';
import { type FieldProblem, Problem } from '../../kernel/problem.ts';
import type { Say } from '../i18n.ts';
import type { Log } from '../log.ts';

const full = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** PostgreSQL's codes for a server that is stopping, starting or full of connections, and what a socket says of one that is gone. */
const unavailable = new Set(['57P01', '57P02', '57P03', '53300', '08000', '08003', '08006', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);
/** The driver gives these no code. */
const connectionLost = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** PostgreSQL's codes for text it cannot hold: a NUL, half a surrogate pair. */
const impossibleText = new Set(['22021', '22P05']);
/** The same in a value for a column of JSON; the program writes no other that PostgreSQL could not read. */
const isImpossibleJson = (code: string, message: string): boolean => code === '22P02' && message.endsWith('type json');

/** PostgreSQL's code for a number beyond its column's type: an id that no row can have. */
const outOfRange = '22003';

/** Turns whatever was thrown into a Problem; what nobody declared is a fault of ours: 500, logged, nothing revealed. */
export function toProblem(error: unknown, log: Log): Problem {
  if (error instanceof Problem) {
    if (error.status >= 500) log.error({ err: error }, 'a request failed');
    return error;
  }
  // The query builder wraps what the driver threw.
  const { code, statusCode, message } = ((error as Error).cause ?? error) as FastifyError;
  if (full.has(code)) return new Problem('platform.disk_full', { status: 507, cause: error });
  if (unavailable.has(code) || connectionLost.test(message)) {
    log.error({ err: error }, 'a request failed: the database is not there');
    return new Problem('platform.database_unavailable', { status: 503, retryAfterSeconds: 2, cause: error });
  }
  if (impossibleText.has(code) || isImpossibleJson(code, message)) return new Problem('platform.impossible_text', { status: 400 });
  if (code === outOfRange) return new Problem('platform.impossible_number', { status: 400 });
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || code === 'FST_REQ_FILE_TOO_LARGE') return new Problem('platform.body_too_large', { status: 413 });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('platform.unsupported_media', { status: 415 });
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY' || code === 'FST_ERR_CTP_EMPTY_JSON_BODY') return new Problem('platform.broken_json', { status: 400 });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem('platform.bad_request', { status: statusCode });
  }
  log.error({ err: error }, 'an unexpected error');
  return new Problem('platform.unexpected', { status: 500, cause: error });
}

/** Writes a problem as RFC 9457 JSON, its sentence in the reader's language. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply, locale: Locale, say: Say): FastifyReply {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  return reply
    .status(problem.status)
    .type(problemType)
    .send(problemText(problem, request.id, sentenceOf(problem, locale, say), saidFields(problem, locale, say)));
}

/** The faults of fields, each with a sentence: its own, that of its code, or what the whole problem says. */
function saidFields(problem: Problem, locale: Locale, say: Say): FieldProblem[] {
  return problem.fields.map(({ path, code, message, phrase }) => ({ path, code, message: message ?? phraseSentence(phrase ?? { key: code, params: {} }, locale, say) ?? sentenceOf(problem, locale, say) }));
}

function phraseSentence({ key, params }: NonNullable<FieldProblem['phrase']>, locale: Locale, say: Say): string | undefined {
  const sentence = say(locale, 'platform', `field.${key}`, params);
  return sentence === `field.${key}` ? undefined : sentence;
}

export const problemType = 'application/problem+json; charset=utf-8';

/** The sentence of a problem in the reader's language. */
export function sentenceOf({ code, params }: Pick<Problem, 'code' | 'params'>, locale: Locale, say: Say): string {
  const [namespace, ...rest] = code.split('.');
  return say(locale, namespace, `problem.${rest.join('.')}`, params);
}

export const problemText = ({ code, status }: Pick<Problem, 'code' | 'status'>, instance: string, detail: string, fields: FieldProblem[] = []): string =>
  JSON.stringify({ type: `urn:perennial:problem:${code}`, title: code, status, code, detail, instance, ...(fields.length > 0 ? { errors: fields } : {}) });
