import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ClickHouse } from '../../../../platform/clickhouse/client.ts';
import { ask, question } from '../../../../platform/clickhouse/query.ts';

const lookAgainMs = 100;

const runningInserts = question({
  name: 'facts.running_inserts',
  sql: `select count() as running from system.processes
    where current_database = currentDatabase() and match(query, '^(?i)insert into (event|order_line) ')`,
  params: z.object({}),
  row: z.object({ running: z.coerce.number().int() }),
});

/**
 * Resolves when nothing is being put into the fact tables. An insert whose sender died or gave up may still be at
 * work: counting rows before it has ended would find none, and put them in a second time.
 */
export async function untilNoInsertRuns(clickhouse: ClickHouse): Promise<void> {
  for (;;) {
    const [{ running }] = await ask(clickhouse, runningInserts, {});
    if (running === 0) return;
    await sleep(lookAgainMs);
  }
}
