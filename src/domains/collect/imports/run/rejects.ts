import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { RejectedRow } from '../rejects/rejected-row.ts';

/** Rows written to the file at most; the counts go on. */
const rowsAtMost = 100_000;
const bytesAtMost = 256 * 2 ** 20;
const flushBytes = 1 << 20;

/** The file of an import's rejected rows, one JSON line each; sentences are added when someone reads it, in their language. */
export const rejectsPath = (folder: string, importId: number): string => join(folder, `import-${importId}-rejects.jsonl`);

/** Writes rejected rows, as many as are of use to a person, into a file of one attempt, which becomes the import's when that is decided. */
export class RejectsWriter {
  written = 0;
  private bytes = 0;
  private lines: string[] = [];
  private waiting = 0;
  private handle: FileHandle | undefined;
  private readonly path: string;
  private readonly draft: string;

  constructor(path: string, attempt: number) {
    this.path = path;
    this.draft = path.replace(/-rejects\.jsonl$/, `-attempt-${attempt}$&`);
  }

  /** True while another row would be kept. */
  get open(): boolean {
    return this.written < rowsAtMost && this.bytes < bytesAtMost;
  }

  add(row: RejectedRow): void {
    if (!this.open) return;
    const line = `${JSON.stringify(row)}\n`;
    this.written++;
    this.bytes += line.length;
    this.waiting += line.length;
    this.lines.push(line);
  }

  /** Writes what has gathered when it is worth it, or all of it. */
  async flush(all = false): Promise<void> {
    if (this.lines.length === 0 || (!all && this.waiting < flushBytes)) return;
    const text = this.lines.join('');
    this.lines = [];
    this.waiting = 0;
    // Rejected rows hold what the file held, personal data included.
    this.handle ??= await open(this.draft, 'w', 0o600);
    await this.handle.writeFile(text);
  }

  async close(): Promise<void> {
    await this.flush(true);
    await this.handle?.close();
    this.handle = undefined;
  }

  /** Makes the closed file the import's, instead of one that an earlier attempt left. */
  async keep(): Promise<void> {
    if (this.written > 0) await rename(this.draft, this.path);
    else await rm(this.path, { force: true });
  }

  /** Closes and removes the file. */
  async discard(): Promise<void> {
    await this.handle?.close();
    this.handle = undefined;
    await rm(this.draft, { force: true });
  }
}
