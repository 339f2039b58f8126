import type { FieldProblem } from '../../kernel/problem.ts';

/**
 * What the server said no with (RFC 9457), or that it could not be reached (status 0).
 * `message` is the server's sentence in the reader's language; empty where it gave none.
 */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldProblem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    sentence: string,
    fields: FieldProblem[] = [],
    retryAfterSeconds?: number,
  ) {
    super(sentence);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The problem for a request that got no answer at all. */
export const unreachable = (): ApiProblem => new ApiProblem(0, 'web.unreachable', '');

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isFieldProblem = (value: unknown): value is FieldProblem =>
  typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string';

/** Reads a failed reply's body; anything that is not a problem document gives a problem without a sentence. */
export function readProblem(status: number, text: string, retryAfter: string | null): ApiProblem {
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) body = { ...parsed };
  } catch {
    // A proxy's HTML page, or nothing: the status has to do.
  }
  const seconds = Number(retryAfter);
  return new ApiProblem(
    status,
    textOf(body.code) || `web.status_${status}`,
    textOf(body.detail) || textOf(body.title),
    Array.isArray(body.errors) ? body.errors.filter(isFieldProblem) : [],
    retryAfter !== null && Number.isFinite(seconds) ? seconds : undefined,
  );
}
