import { conflict } from '../../../../kernel/problem.ts';

const uniqueViolation = '23505';

/** Does work that gives a name; one that is taken is the asker's matter, and refused under a code. */
export async function namedOnce<T>(code: string, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === uniqueViolation) throw conflict(code, { name });
    throw error;
  }
}
