import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { dayIn } from '../../../../kernel/day.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Program } from '../../../../kernel/program.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { BudgetLine } from '../../contract.ts';
import type { PlanningDoors } from '../../part.ts';
import type { LineRow } from '../lines/store.ts';
import { held } from '../rules/decide.ts';
import { forecast, forecastWithin, type LineCourse } from '../rules/forecast.ts';
import type { MonthStaffing } from '../../positions/rules/staffing.ts';
import { planStaffing } from '../../positions/staffing.ts';
import type { Month, Staffing } from '../rules/months.ts';
import { type LineReturns, readReturns } from './returned.ts';
import { exactAmounts, readMonths } from './spent-in.ts';

export type FigureDoors = Pick<PlanningDoors, 'platform' | 'programs' | 'items'>;

/** What is needed to say of lines what they will have spent and what came back. */
export interface LineFigures {
  currency: string;
  now: Month;
  programs: readonly Program[];
  returns: LineReturns;
  months: Awaited<ReturnType<typeof readMonths>>;
  staffing: Staffing;
  people: readonly MonthStaffing[];
  /** What a line will have spent by the end of a year, and what of that within it. */
  forecastOf(line: LineRow, year: number): bigint;
  forecastIn(line: LineRow, year: number): bigint;
  shown(line: LineRow): BudgetLine;
}

export async function readFigures({ platform: { pg, clock }, programs, items }: FigureDoors, planNo: number, locale: Locale): Promise<LineFigures> {
  const { currency, timeZone } = await readBrand(pg);
  const now = dayIn(timeZone, clock.now()).slice(0, 7);
  const [{ all, returns }, months, people] = await Promise.all([programs.list(locale).then(async (found) => ({ all: found, returns: await readReturns(pg, found) })), readMonths(pg, planNo, timeZone), planStaffing({ pg }, items, planNo)]);
  const staffing: Staffing = new Map(people.map(({ month, cost }) => [month.slice(0, 7), cost]));
  const courseOf = (line: LineRow): LineCourse => ({
    ...exactAmounts(line), fromMonth: line.fromMonth, untilMonth: line.untilMonth, known: line.isFromPositions ? staffing : undefined,
    spentIn: new Map([...(months.get(line.lineNo) ?? [])].map(([month, { spent }]) => [month, spent])),
  });
  const forecastOf = (line: LineRow, year: number): bigint => forecast(courseOf(line), now, `${year}-12`);
  return {
    currency, now, programs: all, returns, months, staffing, people, forecastOf, forecastIn: (line, year) => forecastWithin(courseOf(line), now, year),
    shown(line) {
      const { planNo: _plan, cap, reserved, committed, spent, ...said } = line;
      const plain = (text: string): string => formatDecimal(parseDecimal(text) ?? 0n);
      return {
        ...said, isOver: line.untilMonth < now, cap: plain(cap), reserved: plain(reserved), committed: plain(committed), spent: plain(spent), free: formatDecimal((parseDecimal(cap) ?? 0n) - held(exactAmounts(line))),
        forecast: formatDecimal(forecastOf(line, Number(now.slice(0, 4)))), returned: returns.ofLine(line.lineNo), programs: returns.programsOf(line.lineNo),
      };
    },
  };
}
