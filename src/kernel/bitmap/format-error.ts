/** Bytes that are no bitmap of the format: what is wrong, and at which byte. */
export class BitmapFormatError extends Error {
  /** Bytes before the one where reading stopped. */
  readonly at: number;

  constructor(what: string, at: number) {
    super(`These bytes are no bitmap: ${what}, at byte ${at}.`);
    this.name = 'BitmapFormatError';
    this.at = at;
  }
}
