import { Problem } from '../../../../kernel/problem.ts';

/** Thrown where somebody asked for the end of the import: everything it did is forgotten. */
export class ImportCancelled extends Error {
  constructor() {
    super('the import was cancelled');
    this.name = 'ImportCancelled';
  }
}

/** Thrown where another worker has taken the import up meanwhile: nothing more of this attempt may count. */
export class ImportTakenOver extends Error {
  constructor(importId: number, attempt: number) {
    super(`another worker has taken import ${importId} up since attempt ${attempt} began`);
    this.name = 'ImportTakenOver';
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

/** What the file system and PostgreSQL say when the disk is full; of ClickHouse it is a problem already. */
const full = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** The problem a person is told of: the one that was thrown, a full disk, or that something broke. */
export function problemOf(error: unknown): { code: string; params: Record<string, unknown> } {
  if (error instanceof Problem) return { code: error.code, params: error.params };
  const { code } = error as { code?: string };
  return { code: code !== undefined && full.has(code) ? 'platform.disk_full' : 'collect.import_failed', params: {} };
}
