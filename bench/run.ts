import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** One measured number and what it should be. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  target: number;
  holds: boolean;
  [size: string]: string | number | boolean;
}

/** What every file in this folder but this one exports. */
export interface Benchmark {
  run(options: Record<string, number>, parts: string[]): AsyncGenerator<Figure>;
}

/** `--lines 5` is `--lines=5`: the parser does not know which options a benchmark has. */
const joined = process.argv.slice(2).join(' ').replace(/(--[a-z]+) (?=\d)/g, '$1=').split(' ').filter(Boolean);
const { values, positionals } = parseArgs({ allowPositionals: true, strict: false, args: joined });
const [name = '', ...parts] = positionals;
const file = join(import.meta.dirname, `${name}.ts`);
if (!/^[a-z-]+$/.test(name) || name === 'run' || !existsSync(file)) {
  const files = (await readdir(import.meta.dirname)).filter((f) => f.endsWith('.ts') && f !== 'run.ts');
  console.error(`There is no benchmark "${name}". There are: ${files.map((f) => f.slice(0, -3)).join(', ')}.`);
  process.exit(1);
}
// Progress goes to standard error, so that standard output is a JSON line a figure.
const benchmark = (await import(file)) as Benchmark;
const options = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Number(value)]));
let held = true;
for await (const figure of benchmark.run(options, parts)) {
  held &&= figure.holds;
  console.log(JSON.stringify(figure));
}
process.exit(held ? 0 : 2);
