import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBudgetBook } from '../../src/domains/planning/budget/book.ts';
import { parseDecimal } from '../../src/kernel/decimal.ts';
import { openPlatform } from '../input/open-platform.ts';
import type { Figure } from '../run.ts';

/** A hundred clients commit out of one budget line until it is used up; then how much more went through than the cap. */
export async function* commits(options: Record<string, number>): AsyncGenerator<Figure> {
  const { clients = 100, commits = 6_000 } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'perennial-bench-'));
  const { platform, close } = await openPlatform(dataDir);
  const { pg } = platform;
  const { rows: [{ planNo }] } = await pg.query<{ planNo: number }>(`insert into plan (name, starts_on, years, created_at, created_by) values ('2026', '2026-01-01', 5, now(), 'bench') returning plan_no as "planNo"`);
  const cap = Math.floor(commits * 0.9);
  const { rows: [{ lineNo }] } = await pg.query<{ lineNo: number }>(
    `insert into budget_line (plan_no, name, from_month, until_month, cap, over_cap, created_at, created_by) values ($1, 'SMS', '2026-01-01', '2026-12-01', $2, 'stop', now(), 'bench') returning line_no as "lineNo"`, [planNo, cap]);
  const book = createBudgetBook(platform);
  const amount = parseDecimal('1')!;
  let [next, taken] = [0, 0];
  const started = performance.now();
  await Promise.all(Array.from({ length: clients }, async (_, client) => {
    while (next < commits) {
      const key = `bench ${next++}`;
      await book.execute({ lineNo, program: `campaign ${client}`, key, by: 'bench', command: { kind: 'commit', amount } }).then(() => taken++, () => {});
    }
  }));
  const perSecond = Math.round(commits / ((performance.now() - started) / 1_000));
  const { rows: [{ committed }] } = await pg.query<{ committed: string }>('select committed from budget_line where line_no = $1', [lineNo]);
  await close();
  rmSync(dataDir, { recursive: true });
  const size = { clients, commits, cap };
  yield { name: 'planning.budget.commits', value: perSecond, unit: '1/s', target: 300, holds: perSecond >= 300, ...size };
  const over = Number(committed) - cap + Math.abs(taken - Number(committed));
  yield { name: 'planning.budget.over', value: over, unit: 'money', target: 0, holds: over === 0, ...size };
}
