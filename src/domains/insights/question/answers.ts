import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { DimensionName } from '../contract.ts';
import { AnswerCache } from './answer-cache.ts';
import { type Asked, type AskedQuery, readAsked } from './asked.ts';
import { type Answer, runAnswer } from './run.ts';

/** An answer with what it is about and of which data. */
export interface Answered extends Answer {
  asked: Asked;
  dataVersion: number;
  computedAt: string;
}

/** Answers questions: each is read, planned, printed, put to ClickHouse, and kept while the data stays as it is. */
export type Answers = (query: AskedQuery & { fresh: boolean }, dimension: DimensionName, page: Asked['page']) => Promise<Answered>;

export function createAnswers(platform: Platform, dataVersion: () => Promise<number>): Answers {
  const cache = new AnswerCache<Answered>({ answers: 500, rows: 100_000 }, (answer) => answer.rows.length);
  return async (query, dimension, page) => {
    const [brand, version] = await Promise.all([readBrand(platform.pg), dataVersion()]);
    const asked = readAsked(query, dimension, page, brand);
    return cache.get(JSON.stringify(asked), version, query.fresh, async () => ({
      ...(await runAnswer(platform, asked)),
      asked,
      dataVersion: version,
      computedAt: platform.clock.now().toISOString(),
    }));
  };
}
