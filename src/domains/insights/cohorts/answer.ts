import { dayIn } from '../../../kernel/day.ts';
import { ask } from '../../../platform/clickhouse/query.ts';
import type { Platform } from '../../../platform/platform.ts';
import { type Brand, readBrand } from '../../../platform/settings.ts';
import type { Histories } from '../histories/histories.ts';
import { readDataExtent } from '../overview/data-extent.ts';
import { AnswerCache } from '../question/answer-cache.ts';
import { type CohortPeriods, type CohortsAsked, lastDayOf, periodsOf } from './asked.ts';
import { bindLines, calendarOf, otherCurrency, printLines, topValues } from './print.ts';
import type { CohortFigures, WantedCell } from './tally-cohorts.ts';

/** Figures of a question with what they are of. */
export interface CohortsAnswered {
  figures: CohortFigures;
  periods: CohortPeriods;
  /** Values with a row of their own, by code from 1 on; null where people are put together by time. */
  values: string[] | null;
  until: string | null;
  linesInOtherCurrency: number;
  brand: Brand;
  dataVersion: number;
  computedAt: string;
}

export interface CohortDoors {
  platform: Platform;
  histories: Histories;
  dataVersion(): Promise<number>;
}

export interface CohortAnswers {
  /** Kept while the data and the day stay as they are. */
  answer(asked: CohortsAsked, fresh: boolean): Promise<CohortsAnswered>;
  /** Numbers of the people of one cell. */
  people(asked: CohortsAsked, wanted: (answered: Omit<CohortsAnswered, 'figures'>) => WantedCell | null): Promise<number[]>;
}

export function createCohortAnswers({ platform, histories, dataVersion }: CohortDoors): CohortAnswers {
  const cache = new AnswerCache<CohortsAnswered>({ answers: 200, rows: 200_000 }, ({ figures }) => figures.active.length);
  const prepare = async (asked: CohortsAsked, today: string, brand: Brand) => {
    const extent = await readDataExtent(platform);
    const until = lastDayOf(extent && extent.lastAt, platform.clock.now(), brand.timeZone);
    const periods = periodsOf(asked, until, today);
    const params = bindLines(asked, brand.timeZone);
    const values = asked.cohort === 'time' ? null : (await ask(platform.reader, topValues(asked.cohort), params)).map(({ value }) => value);
    return { periods, values, until };
  };
  const today = async () => {
    const brand = await readBrand(platform.pg);
    return { brand, today: dayIn(brand.timeZone, platform.clock.now()) };
  };
  const walk = (asked: CohortsAsked, { periods, values }: Pick<CohortsAnswered, 'periods' | 'values'>, timeZone: string, wanted: WantedCell | null) =>
    histories.cohorts({ rows: printLines(asked, values, timeZone), calendar: calendarOf(periods, (values?.length ?? 0) + 1), wanted });
  const compute = async (asked: CohortsAsked, day: string, brand: Brand, version: number): Promise<CohortsAnswered> => {
    const computedAt = platform.clock.now().toISOString();
    const prepared = await prepare(asked, day, brand);
    const [figures, [{ lines }]] = await Promise.all([
      walk(asked, prepared, brand.timeZone, null),
      ask(platform.reader, otherCurrency, { ...bindLines(asked, brand.timeZone), currency: brand.currency }),
    ]);
    return { ...prepared, figures, linesInOtherCurrency: lines, brand, dataVersion: version, computedAt };
  };
  const answer: CohortAnswers['answer'] = async (asked, fresh) => {
    const [{ brand, today: day }, version] = await Promise.all([today(), dataVersion()]);
    return cache.get(JSON.stringify([asked, brand, day]), version, fresh, () => compute(asked, day, brand, version));
  };
  return {
    answer,
    async people(asked, wanted) {
      // The answer is mostly there already, and its values and periods are those that the cell was seen with.
      const answered = await answer(asked, false);
      const cell = wanted(answered);
      return cell ? (await walk(asked, answered, answered.brand.timeZone, cell)).wanted : [];
    },
  };
}
