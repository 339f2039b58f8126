import { numberText } from '../number-text.ts';

/** Objects nested deeper than this stay JSON text. */
const maxDepth = 4;

/**
 * Calls `take` with a dotted path and a text for each value of a JSON object: `{a: {b: 1}}` is
 * `a.b`, `1`. Lists are JSON text, null is the empty text. Paths are only ever used as keys of a
 * Map, so `__proto__` is a name like any other.
 */
export function flatten(
  object: object,
  take: (path: string, text: string) => void,
  prefix = '',
  depth = 1,
): void {
  for (const [key, value] of Object.entries(object) as [string, unknown][]) {
    const path = prefix + key;
    if (typeof value === 'string') take(path, value);
    else if (typeof value === 'number') take(path, numberText(value));
    else if (typeof value === 'boolean') take(path, String(value));
    else if (value === null) take(path, '');
    else if (typeof value === 'object' && !Array.isArray(value) && depth < maxDepth) {
      flatten(value, take, `${path}.`, depth + 1);
    } else take(path, JSON.stringify(value));
  }
}

const longNumber = /\d{16}/;

/**
 * Parses one line. An order number of 19 digits does not fit a double, so whole numbers beyond
 * its precision come back as their digits. Throws SyntaxError for what is not JSON.
 */
export function parseLine(line: string): unknown {
  if (!longNumber.test(line)) return JSON.parse(line);
  return JSON.parse(line, keepDigits as (key: string, value: unknown) => unknown);
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? source : value;
}
