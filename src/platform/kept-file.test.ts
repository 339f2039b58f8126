import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptText, readText } from './kept-file.ts';

describe('a file that is made once', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'perennial-kept-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps what it was first given, for its owner only, and leaves no draft', () => {
    const file = join(folder, 'secret');
    expect(keptText(file, () => 'first\n')).toBe('first');
    expect(keptText(file, () => 'second')).toBe('first');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secret']);
  });

  it('is the one of whoever was quicker', () => {
    const file = join(folder, 'secret');
    const text = keptText(file, () => {
      writeFileSync(file, 'theirs');
      return 'mine';
    });
    expect(text).toBe('theirs');
    expect(readFileSync(file, 'utf8')).toBe('theirs');
  });

  it('is null where there is none', () => {
    expect(readText(join(folder, 'nothing'))).toBeNull();
  });
});
