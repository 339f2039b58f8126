import { destination, pino, stdTimeFunctions, type Logger } from 'pino';

export type Log = Logger;

/**
 * The program's log: JSON lines on standard error; standard output is for the person who started it. Headers, bodies and query strings are never
 * logged; what could carry a secret or personal data by accident is cut out by name.
 */
export const createLog = (level: string): Log =>
  pino({
    level,
    timestamp: stdTimeFunctions.isoTime,
    redact: {
      paths: ['password', 'secret', 'token', 'authorization', 'cookie', 'phone', 'email', 'name',
        '*.password', '*.secret', '*.token', '*.authorization', '*.cookie', '*.phone', '*.email'],
      censor: '[cut]',
    },
    serializers: { err: describeError, error: describeError },
  }, destination(2));

/** An error without the values a driver puts into `detail`, `parameters` or `where`. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: 'not an error' };
  const code = 'code' in error ? String(error.code) : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { type: error.name, message: withoutValues(error.message), code, stack: error.stack?.split('\n').slice(1, 8), cause };
}

/** Drivers quote the offending value in double or single quotes; a log line does not need it. */
const withoutValues = (message: string): string =>
  message.split('\nparams:')[0].replace(/'[^']{1,400}'/g, "'…'").replace(/\([^()]*\)=\([^()]*\)/g, '(…)').slice(0, 500);
