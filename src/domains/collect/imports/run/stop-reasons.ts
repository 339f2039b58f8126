/** Thrown where somebody asked for the end of the import: everything it did is forgotten. */
export class ImportCancelled extends Error {
  constructor() {
    super('the import was cancelled');
    this.name = 'ImportCancelled';
  }
}

const passing = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '40001', '40P01', '57P01', '57P02', '57P03', '53300', '08006', '08003']);

/** True for faults that may be gone when the import is begun again: a store that is away, a deadlock. */
export function isPassing(error: unknown): boolean {
  const { code, status } = error as { code?: string; status?: number };
  if (status === 503) return true;
  if (code !== undefined && passing.has(code)) return true;
  return error instanceof Error && error.cause !== undefined && isPassing(error.cause);
}
