import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';

const chunkBytes = 1 << 20;
/** Microseconds from 1970 to 2000, where PostgreSQL's binary timestamps begin. */
const epoch2000Ms = 946_684_800_000;

/**
 * Writes rows into a table in PostgreSQL's binary COPY format (its manual, "COPY", Binary Format),
 * on a connection that does nothing else meanwhile. Fields are appended in the order of the
 * columns; `startRow` says how many follow and how long they can be. Nothing waits while appending:
 * call `settle` now and then, and `finish` at the end, which resolves when the server has the rows.
 */
export class CopyRows {
  rows = 0;
  private readonly stream: CopyStreamQuery;
  private buffer: Buffer = Buffer.allocUnsafeSlow(chunkBytes);
  private at = 0;
  private failure: Error | undefined;
  private congested = false;

  constructor(client: pg.PoolClient, table: string, columns: readonly string[]) {
    this.stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin (format binary)`));
    this.stream.on('error', (error) => (this.failure ??= error));
    this.at = this.buffer.write('PGCOPY\n\xff\r\n\0', 0, 'latin1');
    this.at = this.buffer.writeInt32BE(0, this.at);
    this.at = this.buffer.writeInt32BE(0, this.at);
  }

  startRow(fields: number, bytesAtMost: number): void {
    if (this.at + bytesAtMost + 2 + 4 * fields > this.buffer.length) this.flush(bytesAtMost + 2 + 4 * fields);
    this.at = this.buffer.writeInt16BE(fields, this.at);
    this.rows++;
  }

  int2(value: number): void {
    this.at = this.buffer.writeInt32BE(2, this.at);
    this.at = this.buffer.writeInt16BE(value, this.at);
  }

  int4(value: number): void {
    this.at = this.buffer.writeInt32BE(4, this.at);
    this.at = this.buffer.writeInt32BE(value, this.at);
  }

  /** A `timestamptz` from milliseconds since 1970. */
  time(ms: number): void {
    this.at = this.buffer.writeInt32BE(8, this.at);
    this.at = this.buffer.writeBigInt64BE(BigInt(Math.round((ms - epoch2000Ms) * 1_000)), this.at);
  }

  text(value: string | null): void {
    if (value === null) {
      this.at = this.buffer.writeInt32BE(-1, this.at);
      return;
    }
    const length = this.buffer.write(value, this.at + 4, 'utf8');
    this.buffer.writeInt32BE(length, this.at);
    this.at += 4 + length;
  }

  boolean(value: boolean): void {
    this.at = this.buffer.writeInt32BE(1, this.at);
    this.at = this.buffer.writeUInt8(value ? 1 : 0, this.at);
  }

  /** A `date` from `1990-05-17`. */
  date(day: string | null): void {
    if (day === null) this.text(null);
    else this.int4((Date.parse(`${day}T00:00:00Z`) - epoch2000Ms) / 86_400_000);
  }

  /** A `jsonb` from JSON text; the one is the number of its format. */
  json(text: string): void {
    this.text(`\u0001${text}`);
  }

  bytes(value: Uint8Array): void {
    this.at = this.buffer.writeInt32BE(value.length, this.at);
    this.buffer.set(value, this.at);
    this.at += value.length;
  }

  /** A `uuid` from four 32-bit words. */
  uuid(words: Uint32Array): void {
    this.at = this.buffer.writeInt32BE(16, this.at);
    for (const word of words) this.at = this.buffer.writeUInt32BE(word, this.at);
  }

  /** Waits until the server has taken enough of what was written. Throws what the server objected to. */
  async settle(): Promise<void> {
    if (this.failure) throw this.failure;
    if (this.congested && this.stream.writableNeedDrain) await drained(this.stream);
    this.congested = false;
    if (this.failure) throw this.failure;
  }

  /** Ends the copy. Returns the number of rows written. */
  async finish(): Promise<number> {
    this.startRow(-1, 0);
    this.rows--;
    this.flush(0);
    this.stream.end();
    // What the server objected to may have come before the end was sent.
    await finished(this.stream).catch((error: unknown) => {
      throw this.failure ?? error;
    });
    return this.rows;
  }

  /** Gives the copy up; the server forgets the rows. */
  abandon(): void {
    this.stream.destroy();
  }

  private flush(needed: number): void {
    if (this.at > 0 && !this.stream.write(this.buffer.subarray(0, this.at))) this.congested = true;
    this.buffer = Buffer.allocUnsafeSlow(Math.max(chunkBytes, needed));
    this.at = 0;
  }
}

/** Resolves when the stream takes more, or is over. */
function drained(stream: CopyStreamQuery): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
}
