import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { Question } from '../contract.ts';
import type { Dimension, FactTable } from '../registry/entry.ts';
import type { Registry } from '../registry/registry.ts';
import { AnswerCache } from './answer-cache.ts';
import { type Asked, readAsked } from './asked.ts';
import { aggregatesOf } from './plan.ts';
import { runAnswer } from './run.ts';
import type { Shaped } from './shape.ts';

/** An answer with what it is about and of which data. */
export interface Answered extends Shaped {
  asked: Asked;
  dataVersion: number;
  computedAt: string;
}

/** Answers questions: each is read, planned, printed, put to ClickHouse, shaped, and kept while the data stays as it is. */
export type Answers = (question: Question, page: Asked['page'], isFresh?: boolean) => Promise<Answered>;

export function createAnswers(platform: Platform, registry: Registry, dataVersion: () => Promise<number>): Answers {
  const cache = new AnswerCache<Answered>({ answers: 500, rows: 100_000 }, (answer) => answer.rows.length);
  return async (question, page, isFresh = false) => {
    const [brand, version] = await Promise.all([readBrand(platform.pg), dataVersion()]);
    const asked = readAsked(registry, question, page, brand, platform.clock.now());
    const own = await Promise.all(sourcesOf(registry, asked).map((source) => source.version?.()));
    return cache.get(JSON.stringify(asked), [version, ...own].join(' '), isFresh, async () => ({
      ...(await runAnswer(platform, registry, asked)),
      asked,
      dataVersion: version,
      computedAt: platform.clock.now().toISOString(),
    }));
  };
}

/** The tables that are read for a question, and what its dimensions are known by. */
function sourcesOf(registry: Registry, { metrics, dimensions, filters }: Asked): (FactTable | Dimension)[] {
  const tables = metrics.flatMap((name) => aggregatesOf(registry, registry.metric(name))).map(({ table }) => registry.table(table));
  return [...new Set([...tables, ...[...dimensions, ...filters.map((filter) => filter.dimension)].map(registry.dimension)])];
}
