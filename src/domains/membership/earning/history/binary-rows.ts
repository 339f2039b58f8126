/** What PostgreSQL counts moments from. */
const epochMs = Date.UTC(2000, 0, 1);
const textType = 25;
const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const half = 2 ** 32;

/**
 * Rows of a COPY in PostgreSQL's binary format, one field after the other: numbers and moments are as the server keeps them, so that it has no
 * text to read.
 */
export class BinaryRows {
  #bytes = Buffer.allocUnsafeSlow(2 ** 16);
  #view = new DataView(this.#bytes.buffer);
  #end = signature.copy(this.#bytes);

  get isEmpty(): boolean {
    return this.#end === signature.length;
  }

  row(fields: number): void {
    this.#room(2);
    this.#view.setInt16(this.#end, fields);
    this.#end += 2;
  }

  null(): void {
    this.#length(-1, 0);
  }

  int4(value: number): void {
    this.#length(4, 4);
    this.#view.setInt32(this.#end, value);
    this.#end += 4;
  }

  int8(value: number | null): void {
    if (value === null) return this.null();
    this.#length(8, 8);
    this.#view.setInt32(this.#end, Math.floor(value / half));
    this.#view.setUint32(this.#end + 4, value >>> 0);
    this.#end += 8;
  }

  /** A number that is too long for one; without a sign it is the same bits. */
  long(value: string): void {
    this.#length(8, 8);
    this.#view.setBigInt64(this.#end, BigInt(value));
    this.#end += 8;
  }

  moment(at: number | null): void {
    this.int8(at === null ? null : (at - epochMs) * 1_000);
  }

  text(value: string | null): void {
    if (value === null) return this.null();
    const at = this.#end;
    this.#length(0, value.length * 3);
    this.#end += this.#bytes.write(value, this.#end);
    this.#view.setInt32(at, this.#end - at - 4);
  }

  /** As `jsonb`: its version stands before it. */
  json(text: string | null): void {
    if (text === null) return this.null();
    const at = this.#end;
    this.#length(0, 1 + text.length * 3);
    this.#bytes[this.#end++] = 1;
    this.#end += this.#bytes.write(text, this.#end);
    this.#view.setInt32(at, this.#end - at - 4);
  }

  texts(values: readonly string[]): void {
    const at = this.#end;
    this.#length(0, 20);
    for (const word of values.length === 0 ? [0, 0, textType] : [1, 0, textType, values.length, 1]) {
      this.#view.setInt32(this.#end, word);
      this.#end += 4;
    }
    for (const value of values) this.text(value);
    this.#view.setInt32(at, this.#end - at - 4);
  }

  /** All of it, with the end of the COPY. */
  taken(): Uint8Array {
    this.row(-1);
    return this.#bytes.subarray(0, this.#end);
  }

  #length(length: number, room: number): void {
    this.#room(room + 4);
    this.#view.setInt32(this.#end, length);
    this.#end += 4;
  }

  #room(more: number): void {
    if (this.#end + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#end + more));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
