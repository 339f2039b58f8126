import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..', '..');

export interface SourceFile {
  /** From the root: `src/kernel/page.ts`. */
  path: string;
  text: string;
  lines: string[];
  imports: string[];
  isTest: boolean;
}

/** Every TypeScript file below `folders`, read once. */
export const readSource = (...folders: string[]): SourceFile[] =>
  folders.flatMap((folder) => walk(join(root, folder))).filter((p) => /\.tsx?$/.test(p)).map(readFile);

/** Every file below a folder, as absolute paths. */
export const walk = (folder: string): string[] =>
  readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });

function readFile(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const from = /(?:^|\n)\s*(?:import|export)[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g;
  const imports = [...text.matchAll(from)]
    .map((m) => m[1] ?? m[2] ?? m[3])
    .filter((target) => target.startsWith('.'))
    .map((target) => relative(root, resolve(dirname(path), target)));
  return { path: relative(root, path), text, lines: text.split('\n'), imports, isTest: /\.test\.tsx?$/.test(path) || relative(root, path).startsWith('test/') };
}

/** The value below which a share of the sorted numbers lies. */
export const quantile = (numbers: number[], share: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 0;
