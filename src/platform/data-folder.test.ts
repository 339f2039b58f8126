import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder.ts';

describe('the data folder', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'perennial-folder-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  it('keeps its secret between openings, readable by its owner only', () => {
    const first = openDataFolder(path);
    first.release();
    const second = openDataFolder(path);
    second.release();
    expect(second.secret).toBe(first.secret);
    expect(first.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(join(path, 'secret')).mode & 0o077).toBe(0);
    expect(statSync(join(path, 'facts')).mode & 0o077).toBe(0);
  });

  it('is refused while a live process holds it, and names that process', () => {
    const held = openDataFolder(path);
    expect(() => openDataFolder(path)).toThrow(expect.objectContaining({ code: 'platform.data_folder_in_use', params: { path, pid: process.pid } }));
    held.release();
    openDataFolder(path).release();
  });

  it('is not taken from a holder that is frozen', async () => {
    const child = await holder(path);
    child.kill('SIGSTOP');
    expect(() => openDataFolder(path)).toThrow(expect.objectContaining({ params: { path, pid: child.pid } }));
    child.kill('SIGKILL');
  });

  it('is taken over from a dead process', async () => {
    const child = await holder(path);
    const exited = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await exited;
    const taken = openDataFolder(path);
    expect(JSON.parse(readFileSync(join(path, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    taken.release();
  });

  it('is taken over when the pid in the lock now belongs to another program', () => {
    writeFileSync(join(path, 'lock'), JSON.stringify({ pid: process.ppid, startedTicks: '1' }));
    openDataFolder(path).release();
  });

  it('is taken over when the lock was cut short by a crash', () => {
    writeFileSync(join(path, 'lock'), '');
    openDataFolder(path).release();
  });

  it('is refused when a newer version made it, and left as it was', () => {
    writeFileSync(join(path, 'version'), '99\n');
    expect(() => openDataFolder(path)).toThrow(expect.objectContaining({ code: 'platform.data_folder_newer' }));
    expect(readFileSync(join(path, 'version'), 'utf8')).toBe('99\n');
  });
});

/** A process that has opened the folder and sits on it. */
async function holder(path: string) {
  const script = `import { openDataFolder } from ${JSON.stringify(join(import.meta.dirname, 'data-folder.ts'))};
    openDataFolder(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--disable-warning=ExperimentalWarning', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((done) => child.stdout.once('data', done));
  return child;
}
