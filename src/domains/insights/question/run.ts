import { Problem } from '../../../kernel/problem.ts';
import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Registry } from '../registry/registry.ts';
import type { Asked } from './asked.ts';
import { bound } from './bound.ts';
import { planAnswer } from './plan.ts';
import { type AnswerRow, mostRows, printPart } from './print.ts';
import { type Shaped, shapeAnswer } from './shape.ts';

/** Puts a question to ClickHouse: a statement for each table its metrics live in, at the same time. */
export async function runAnswer({ reader }: Platform, registry: Registry, asked: Asked): Promise<Shaped> {
  const plan = planAnswer(registry, asked);
  const params = bound(asked);
  const answers = await Promise.all(plan.parts.map((part) => ask(reader, printPart(registry, asked, plan, part), params)));
  if (answers.some((rows) => rows.length > mostRows + 1)) throw new Problem('insights.too_many_rows', { status: 422, params: { most: mostRows } });
  return shapeAnswer(registry, asked, plan, joined(answers));
}

/** Rows of all parts under their keys. */
function joined(answers: AnswerRow[][]): AnswerRow[] {
  if (answers.length === 1) return answers[0];
  const rows = new Map<string, AnswerRow>();
  for (const row of answers.flat()) {
    const name = row.isTotal === 1 ? 'total' : JSON.stringify([row.k0, row.k1, row.k2]);
    rows.set(name, { ...rows.get(name), ...row });
  }
  return [...rows.values()];
}
