import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Locale } from '../../kernel/locale.ts';
import type { Say } from '../i18n.ts';
import { problemText, problemType, sentenceOf } from './problem-reply.ts';

/** Why a request is not let in. */
export interface Refusal {
  code: string;
  status: number;
  retryAfterSeconds?: number;
}

/**
 * Answers a request with a problem before its body is read, for those of which very many may come: no error is made and thrown,
 * no sentence looked up again. What a hook has set on `reply.raw` goes along; no other hook is run.
 */
export type Refuse = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal) => void;

export function createRefuse(say: Say, localeOf: (request: FastifyRequest) => Locale): Refuse {
  const sentences = new Map<string, string>();
  const sentence = (code: string, locale: Locale): string => {
    const known = sentences.get(code + locale);
    if (known !== undefined) return known;
    const made = sentenceOf({ code, params: {} }, locale, say);
    sentences.set(code + locale, made);
    return made;
  };
  return (request, reply, refusal) => {
    const text = problemText(refusal, request.id, sentence(refusal.code, localeOf(request)));
    const { status, retryAfterSeconds } = refusal;
    reply.hijack();
    if (retryAfterSeconds !== undefined) reply.raw.setHeader('retry-after', retryAfterSeconds);
    reply.raw.writeHead(status, { 'content-type': problemType, 'content-length': Buffer.byteLength(text) }).end(text);
  };
}
