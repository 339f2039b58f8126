import type { Problem } from '../../kernel/problem.ts';

const codeOf = (error: unknown): string | undefined => (error instanceof Error && 'code' in error ? String(error.code) : undefined);

/** Runs work and turns what the database refuses, by the error's code, into a problem a person can act on. */
export async function explaining<T>(problems: Record<string, () => Problem>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw problems[codeOf(error) ?? '']?.() ?? error;
  }
}

/** The database's codes for what this domain expects it to refuse. */
export const uniqueViolation = '23505';
export const foreignKeyViolation = '23503';
export const lastAdministrator = 'P7001';
