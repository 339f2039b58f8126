import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { isAnotherClickHouse } from './clickhouse-identity.ts';
import { readFactStatus, writeFactState } from './fact-state.ts';
import { hasLostFacts } from './verify.ts';

const freshForMs = 500;

/**
 * To be asked before the first number is shown: has ClickHouse lost something, or is it another one?
 * Then the state is `rebuilding` from now on, and the writer of the log makes it anew.
 */
export async function doubtClickHouse(platform: Platform): Promise<void> {
  const { pg, log } = platform;
  const { rowCount } = await pg.query('select 1 from fact_batch limit 1');
  if (rowCount === 0) return;
  if (!(await isAnotherClickHouse(platform)) && !(await hasLostFacts(platform))) return;
  log.error('ClickHouse does not have what the log of facts says; its numbers are made anew before they are shown');
  await writeFactState(pg, 'rebuilding');
}

/** Throws while ClickHouse is being made anew. What PostgreSQL said half a second ago is good enough. */
export function createRebuildGate({ pg }: Platform): () => Promise<void> {
  let rebuilding: Promise<boolean> | undefined;
  let readAtMs = -Infinity;
  return async () => {
    if (!rebuilding || performance.now() - readAtMs > freshForMs) {
      readAtMs = performance.now();
      rebuilding = readFactStatus(pg).then(({ state }) => state === 'rebuilding');
      rebuilding.catch(() => (rebuilding = undefined));
    }
    if (await rebuilding) throw new Problem('platform.analytics_rebuilding', { status: 503, retryAfterSeconds: 5 });
  };
}
