const initialBytes = 2 ** 16;

/** The value of a hexadecimal digit in lower case. */
function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 58 ? code - 48 : code - 87;
}

/** Writes UTF-8 and answers where it ends: three times as quick for a few characters as calling the encoder. */
function putShort(buffer: Buffer, start: number, text: string): number {
  let at = start;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) buffer[at++] = code;
    else if (code < 0x800) {
      buffer[at++] = 0xc0 | (code >> 6);
      buffer[at++] = 0x80 | (code & 0x3f);
    } else if (code >= 0xd800 && code < 0xe000) return start + buffer.write(text, start, 'utf8');
    else {
      buffer[at++] = 0xe0 | (code >> 12);
      buffer[at++] = 0x80 | ((code >> 6) & 0x3f);
      buffer[at++] = 0x80 | (code & 0x3f);
    }
  }
  return at;
}

const viewOf = (buffer: Buffer): DataView => new DataView(buffer.buffer, buffer.byteOffset, buffer.length);

/**
 * Writes values as ClickHouse's RowBinary reads them, one after the other into a buffer that grows.
 * Little endian; a string is its length in bytes as LEB128 and then UTF-8.
 */
export class RowBinaryWriter {
  private buffer = Buffer.allocUnsafe(initialBytes);
  private view = viewOf(this.buffer);
  private end = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.end;
  }

  /** What was written; valid until the next write. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.end);
  }

  /** Forgets what was written and keeps the memory. */
  clear(): void {
    this.end = 0;
  }

  uint8(value: number): void {
    this.room(1);
    this.buffer[this.end++] = value;
  }

  uint32(value: number): void {
    this.room(4);
    this.put32(value);
  }

  /** A whole number that JavaScript holds exactly, negative ones as two's complement. */
  int64(value: number): void {
    this.room(8);
    this.put32(value >>> 0);
    this.put32(Math.floor(value / 4_294_967_296));
  }

  /** A 64-bit number, signed or not. */
  bigInt64(value: bigint): void {
    this.room(8);
    this.view.setBigInt64(this.end, value, true);
    this.end += 8;
  }

  /** UUID from its 16 bytes, or their 32 hexadecimal digits, in the written order: ClickHouse keeps each half little endian. */
  uuid(id: Uint8Array | string): void {
    this.room(16);
    const byteAt = typeof id === 'string' ? (i: number) => (digit(id, 2 * i) << 4) | digit(id, 2 * i + 1) : (i: number) => id[i];
    for (let i = 7; i >= 0; i--) this.buffer[this.end++] = byteAt(i);
    for (let i = 15; i >= 8; i--) this.buffer[this.end++] = byteAt(i);
  }

  string(text: string): void {
    const most = text.length * 3;
    if (most < 128) {
      this.room(most + 1);
      const end = putShort(this.buffer, this.end + 1, text);
      this.buffer[this.end] = end - this.end - 1;
      this.end = end;
      return;
    }
    const size = Buffer.byteLength(text, 'utf8');
    this.room(size + 5);
    this.varUint(size);
    this.end += this.buffer.write(text, this.end, 'utf8');
  }

  private varUint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.buffer[this.end++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.buffer[this.end++] = rest;
  }

  private put32(value: number): void {
    const { buffer, end } = this;
    buffer[end] = value;
    buffer[end + 1] = value >>> 8;
    buffer[end + 2] = value >>> 16;
    buffer[end + 3] = value >>> 24;
    this.end = end + 4;
  }

  private room(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.end + bytes));
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
    this.view = viewOf(larger);
  }
}
