import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { Question } from '../contract.ts';
import type { Registry } from '../registry/registry.ts';
import { AnswerCache } from './answer-cache.ts';
import { type Asked, readAsked } from './asked.ts';
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
    return cache.get(JSON.stringify(asked), version, isFresh, async () => ({
      ...(await runAnswer(platform, registry, asked)),
      asked,
      dataVersion: version,
      computedAt: platform.clock.now().toISOString(),
    }));
  };
}
