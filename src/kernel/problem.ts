/**
 * An error a person can act on. It travels as an RFC 9457 problem: a stable `code`,
 * an HTTP status, and parameters for the sentence in the reader's language.
 * The sentence is the message `problem.<code without its namespace>` of the namespace
 * before the first dot: `customers.not_found` reads `problem.not_found` in `customers`.
 */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly params: Record<string, unknown>;
  readonly fields: FieldProblem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, options: ProblemOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.status = options.status ?? 400;
    this.params = options.params ?? {};
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/**
 * One bad input: where it is (`body.email`), a stable code, and a sentence where one is known. Without
 * one it is that of the phrase, of the code (`platform:field.<code>`), or what the whole problem says.
 */
export interface FieldProblem {
  path: string;
  code: string;
  message?: string;
  /** A message of the platform under `field`. */
  phrase?: { key: string; params: Record<string, unknown> };
}

export interface ProblemOptions {
  status?: number;
  params?: Record<string, unknown>;
  fields?: FieldProblem[];
  retryAfterSeconds?: number;
  cause?: unknown;
}

/** 404 for a thing that does not exist, or that this person may not know exists. */
export const notFound = (code: string, params: Record<string, unknown> = {}): Problem =>
  new Problem(code, { status: 404, params });

/** 409 for a request that contradicts what is already decided. */
export const conflict = (code: string, params: Record<string, unknown> = {}): Problem =>
  new Problem(code, { status: 409, params });

/** 403 for a person who is known and may not. */
export const forbidden = (code: string, params: Record<string, unknown> = {}): Problem =>
  new Problem(code, { status: 403, params });
