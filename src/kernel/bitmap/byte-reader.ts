import { BitmapFormatError } from './format-error.ts';

/** Reads little-endian numbers one after the other; what is beyond the end is an error that says where. */
export class ByteReader {
  readonly bytes: Uint8Array;
  at = 0;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(): number {
    return this.view.getUint8(this.skip(1));
  }

  uint16(): number {
    return this.view.getUint16(this.skip(2), true);
  }

  uint32(): number {
    return this.view.getUint32(this.skip(4), true);
  }

  /** A length or count as LEB128; one that needs more than 32 bits is refused. */
  varUint(): number {
    let value = 0;
    for (let scale = 1; scale < 2 ** 35; scale *= 128) {
      const byte = this.uint8();
      value += (byte & 127) * scale;
      if (byte < 128 && value < 2 ** 32) return value;
    }
    throw this.error('a length of more than 32 bits');
  }

  /** A copy of the next `size` bytes. */
  copy(size: number): ArrayBuffer {
    const from = this.skip(size);
    return new Uint8Array(this.bytes.subarray(from, from + size)).buffer;
  }

  /** Nothing may follow what was read. */
  end(): void {
    if (this.at !== this.bytes.length) throw this.error(`${this.bytes.length - this.at} bytes too many`);
  }

  error(what: string): BitmapFormatError {
    return new BitmapFormatError(what, this.at);
  }

  /** Goes on by `size` bytes that are there; returns where they begin. */
  private skip(size: number): number {
    const from = this.at;
    if (size > this.bytes.length - from) throw this.error(`it ends ${size - this.bytes.length + from} bytes too early`);
    this.at += size;
    return from;
  }
}
