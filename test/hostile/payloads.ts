/** What an attacker may find out by a payload that works: a file is read, a file is written, a socket is opened. */
export interface Canaries {
  readPath: string;
  writePath: string;
  port: number;
}

const quotes = ["'", '"', '`', "\\'", "''", ')', "')", '")', '\\', '}'];
const endings = ['', '--', '#', '/*', ';', '\0'];

/** Statements and functions that must never reach an engine as such. */
const actions = ({ readPath, writePath, port }: Canaries): string[] => [
  `select * from file('${readPath}', 'LineAsString')`,
  `select * from url('http://127.0.0.1:${port}/', 'LineAsString', 'a String')`,
  `select * from remote('127.0.0.1:${port}', 'system', 'one')`,
  `select * from executable('sh', 'LineAsString', 'a String')`,
  `select 1 into outfile '${writePath}'`,
  `copy (select 1) to '${writePath}'`,
  `select pg_read_file('${readPath}')`,
  `copy setting from program 'touch ${writePath}'`,
  'drop table customer',
  'set readonly = 0',
  'select pg_sleep(20)',
  'select sleep(3)',
];

const shapes = ['or 1=1', 'union select 1', '{x:Identifier}', '{p0:String}', '${7*7}', '{{7*7}}', '<%= 7*7 %>', '$(id)', '`id`', '%s%n', '%00', '%', '_', '$1', ':name', '@@version'];

const paths = ['../../../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd', 'file:///etc/passwd', 'http://169.254.169.254/latest/meta-data/', 'gopher://127.0.0.1:1/', '....//....//etc/passwd', 'C:\\windows\\win.ini'];

const numbers = ['-1', '0', '1e309', '9007199254740993', '99999999999999999999', 'NaN', 'Infinity', '-0', '1e-400', '0x10', '１００', '1_000', '1,5', ' 1', '+1', '1.0000000000000001', '2147483648', '-9223372036854775809'];

const texts = ['', ' ', '\t', '\r\nSet-Cookie: x=1', '\u0000', '\ud800', '\u202e', '\ufeff', '𠮷', 'İ', 'ß', '＝1＋1', '=1+1', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'null', 'undefined', 'true', '[]', '{}', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'a'.repeat(5_000), '汉'.repeat(2_000), '['.repeat(2_000), '2026-02-30', '0000-00-00', '275760-09-14', '2026-13-45T99:99:99Z', '-', ',', ',,,,', 'a,b,c', '*', '.*', '(a+)+$', '%25%32%37'];

/** At least 300 texts that break programs, aimed at the canaries. */
export function payloads(canaries: Canaries): string[] {
  const statements = actions(canaries).flatMap((action) => [
    action,
    ...quotes.slice(0, 6).map((quote) => `${quote}; ${action} --`),
    ...quotes.slice(0, 4).map((quote) => `1${quote} union all ${action} --`),
    ...endings.slice(0, 3).map((ending) => `1) or (${action})${ending}`),
  ]);
  const broken = quotes.flatMap((quote) => endings.map((ending) => `x${quote}${ending}`));
  const conditions = quotes.slice(0, 3).flatMap((quote) => shapes.slice(0, 4).map((shape) => `${quote} ${shape} ${quote}`));
  return [...new Set([...statements, ...broken, ...conditions, ...shapes, ...paths, ...numbers, ...texts])];
}

/** Other ways to name one parameter: a list, an object, a private field, an operator. */
export const disguises = (name: string): string[] =>
  [`${name}[]`, `${name}[$gt]`, `${name}[$startsWith]`, `${name}[__proto__][x]`, `${name}.constructor`, `${name}[0][password_hash]`];

/** Long texts that match almost: what a pattern with two ways to go on takes for ever over. */
const almost = ['a', '0', ' ', '86-', 'a@a.', "'"].map((unit) => `${unit.repeat(60_000 / unit.length)}!`);

/** What stands where a text or a number is expected in a body. */
export const wrongValues: unknown[] = [
  null, true, -1, 1e308, '', '\u0000', '\ud800', 'x'.repeat(10_000), [], {}, [[[[]]]], [null], { $gt: '' }, { constructor: { prototype: {} } },
  { toString: 1 }, { length: 1e9 }, Array.from({ length: 1_000 }, () => 'x'), "'; drop table customer --", '=cmd|calc', '2026-02-30', ...almost,
];
