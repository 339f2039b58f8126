import type { DecodedStream } from './decode.ts';

/** Pulls a stream's bytes into buffers of the reader's choosing, and lets it look ahead. */
export class TextFeed {
  /** True once the stream has no more to give than what is pending here. */
  ended = false;
  private pending: Buffer = Buffer.alloc(0);
  private readonly input: AsyncGenerator<Buffer>;

  constructor(stream: DecodedStream) {
    this.input = stream.chunks;
  }

  /** The next bytes, at least `bytes` of them unless the stream ends before. Consumes nothing. */
  async peek(bytes: number): Promise<Buffer> {
    const parts = [this.pending];
    let length = this.pending.length;
    while (length < bytes) {
      const next = await this.input.next();
      if (next.done) {
        this.ended = true;
        break;
      }
      parts.push(next.value);
      length += next.value.length;
    }
    if (parts.length > 1) this.pending = Buffer.concat(parts);
    return this.pending;
  }

  /** Passes over bytes that were peeked at. */
  skip(bytes: number): void {
    this.pending = this.pending.subarray(bytes);
  }

  /** Copies bytes into `target` from `from` up to `to` and returns where they end: before `to` only at the stream's end. */
  async fill(target: Buffer, from: number, to: number): Promise<number> {
    let at = from;
    while (at < to) {
      if (this.pending.length === 0) {
        if (this.ended) break;
        const next = await this.input.next();
        if (next.done) {
          this.ended = true;
          break;
        }
        this.pending = next.value;
      }
      const length = Math.min(this.pending.length, to - at);
      this.pending.copy(target, at, 0, length);
      this.pending = this.pending.subarray(length);
      at += length;
    }
    return at;
  }

  /** Nothing is left, neither pending nor in the stream (as far as the stream has said so). */
  get exhausted(): boolean {
    return this.ended && this.pending.length === 0;
  }

  /** Lets the stream release what it holds. */
  async close(): Promise<void> {
    await this.input.return(undefined);
  }
}
