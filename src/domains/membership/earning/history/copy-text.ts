/** A value of PostgreSQL's COPY in its text format. */
export type CopyValue = string | number | null;

const unsafe = /[\\\t\n\r]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A row as COPY reads it; texts may hold anything but a zero byte. */
export const copyLine = (values: readonly CopyValue[]): string =>
  `${values.map((value) => (value === null ? '\\N' : typeof value === 'number' ? String(value) : unsafe.test(value) ? value.replace(/[\\\t\n\r]/g, (each) => escapes[each]) : value)).join('\t')}\n`;

/** A moment in milliseconds as PostgreSQL reads it. */
export const copyMoment = (at: number | null): CopyValue => (at === null ? null : new Date(at).toISOString());
