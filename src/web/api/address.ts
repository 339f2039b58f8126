/** A value that can stand in a path or a query string. */
type Plain = string | number | boolean | bigint | Date;

const plainText = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value as Plain);
};

/** Fills `:name` parts of an endpoint's path, each percent-encoded; a missing one is a mistake of ours. */
export function fillPath(path: string, params: unknown): string {
  const values = (params ?? {}) as Record<string, unknown>;
  return path.replace(/:([A-Za-z]\w*)/g, (_part, name: string) => {
    const value = values[name];
    if (value === undefined || value === null || value === '')
      throw new Error(`The path ${path} needs "${name}".`);
    return encodeURIComponent(plainText(value));
  });
}

/**
 * A query string with its question mark, or nothing. Undefined, null and empty text are left
 * out; an array repeats its key (`tag=a&tag=b`).
 */
export function queryString(query: unknown): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(key, plainText(one));
    }
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

/** The address of an endpoint for a request: for a link that downloads, or for `call`. */
export const addressOf = (
  endpoint: { path: string },
  request: { params?: unknown; query?: unknown } = {},
): string => fillPath(endpoint.path, request.params) + queryString(request.query);
