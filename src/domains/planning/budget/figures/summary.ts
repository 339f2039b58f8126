import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import { type BudgetGroup, groupings, type Plan, type readBudget, type Unbooked } from '../../contract.ts';
import { type LineRow, linesOf, type Sight } from '../lines/store.ts';
import { type Amounts, held } from '../rules/decide.ts';
import { type Month, monthsBetween, spreadLine } from '../rules/months.ts';
import { type FigureDoors, type LineFigures, readFigures } from './figures.ts';
import { exactAmounts } from './spent-in.ts';
import { readUnbooked } from './unbooked.ts';
import { vacantOf } from './vacant.ts';

export type BudgetSummary = EndpointReply<typeof readBudget>;
type Grouping = (typeof groupings)[number];
interface Sums extends Amounts {
  planned: bigint;
}

/** A line is near its cap, or will be over it, from here on. */
const nearShare = 0.9;
const noneUnbooked: Unbooked = { count: 0, amount: '0', programs: [] };

/** What is planned of a line in a year: its cap over its months, those of the year; of people where the positions cost it. What is used is of the months it was used in; what is held, of now. */
function sumsOf(line: LineRow, year: number, { months, staffing }: LineFigures): { line: LineRow; sums: Sums; planned: Map<Month, bigint>; used: Map<Month, Amounts> } {
  const ofYear = (month: Month): boolean => month.startsWith(`${year}-`);
  const planned = new Map([...spreadLine(line, parseDecimal(line.cap) ?? 0n, staffing)].filter(([month]) => ofYear(month)));
  const used = new Map([...(months.get(line.lineNo) ?? [])].filter(([month]) => ofYear(month)));
  const { reserved, committed } = exactAmounts(line);
  const add = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((sum, each) => sum + each, 0n);
  return { line, planned, used, sums: { planned: add(planned.values()), reserved, committed, spent: add([...used.values()].map(({ spent }) => spent)) } };
}

const nothing: Sums = { planned: 0n, reserved: 0n, committed: 0n, spent: 0n };
const plus = (a: Sums, b: Sums): Sums => ({ planned: a.planned + b.planned, reserved: a.reserved + b.reserved, committed: a.committed + b.committed, spent: a.spent + b.spent });
const shownSums = ({ planned, reserved, committed, spent }: Sums) => ({ planned: formatDecimal(planned), reserved: formatDecimal(reserved), committed: formatDecimal(committed), spent: formatDecimal(spent) });

function groupsOf(counted: readonly ReturnType<typeof sumsOf>[], year: number): Record<Grouping, BudgetGroup[]> {
  const by = (keyOf: (line: LineRow) => string): BudgetGroup[] => {
    const found = new Map<string, Sums>();
    for (const { line, sums } of counted) found.set(keyOf(line), plus(found.get(keyOf(line)) ?? nothing, sums));
    return [...found].map(([key, sums]) => ({ key, sums })).toSorted((a, b) => Number(b.sums.planned - a.sums.planned)).map(({ key, sums }) => ({ key, ...shownSums(sums) }));
  };
  const month = monthsBetween(`${year}-01`, `${year}-12`).map((key) => ({
    key, ...shownSums(counted.reduce<Sums>((all, { planned, used }) => plus(all, { ...nothing, ...used.get(key), planned: planned.get(key) ?? 0n }), nothing)),
  }));
  return { month, stage: by(({ stage }) => stage ?? ''), lane: by(({ lane }) => lane ?? ''), purpose: by(({ purpose }) => purpose), channel: by(({ channel }) => channel), costCentre: by(({ costCentre }) => costCentre) };
}

/** The budget of a year of a plan, as whoever asks may see it. */
export async function summarize(doors: FigureDoors, plan: Plan, { withPeople }: Pick<Sight, 'withPeople'>, asked: number | undefined, locale: Locale): Promise<BudgetSummary> {
  const { platform: { pg, clock } } = doors;
  const figures = await readFigures(doors, plan.planNo, locale);
  const first = Number(plan.startsOn.slice(0, 4));
  const years = Array.from({ length: plan.years + (plan.startsOn.slice(5) === '01-01' ? 0 : 1) }, (_, i) => first + i);
  const current = Number(figures.now.slice(0, 4));
  const year = asked ?? (years.includes(current) ? current : first);
  const [lines, { rows: [{ waiting, versionNo }] }, unbooked] = await Promise.all([
    linesOf(pg, { planNo: plan.planNo, withPeople }, year),
    pg.query<{ waiting: number; versionNo: number }>(
      `select (select count(*)::int from budget_change c join budget_line l using (line_no) where l.plan_no = $1 and c.state = 'open' and ($2 or l.purpose <> 'people')) as waiting,
        (select coalesce(max(version_no), 0) from budget_version where plan_no = $1) as "versionNo"`, [plan.planNo, withPeople]),
    plan.isCurrent ? readUnbooked(pg, figures.programs) : noneUnbooked,
  ]);
  const counted = lines.map((line) => sumsOf(line, year, figures));
  const all = counted.reduce<Sums>((sum, { sums }) => plus(sum, sums), nothing);
  return {
    year, years, currency: figures.currency, ...shownSums(all), free: formatDecimal(all.planned - held(all)),
    forecast: formatDecimal(lines.reduce((sum, line) => sum + figures.forecastIn(line, year), 0n)), returned: figures.returns.ofLines(new Set(lines.map(({ lineNo }) => lineNo))),
    groups: groupsOf(counted, year), waiting, versionNo, lines: lines.length, nearCap: nearCap(lines, figures, year), unbooked, isWithoutPeople: !withPeople, ...peopleLines(lines), vacant: lines.map((line) => vacantOf(line, figures.people, figures.now, year)).find((each) => each !== null) ?? null, computedAt: clock.now().toISOString(),
  };
}

function peopleLines(lines: readonly LineRow[]): Pick<BudgetSummary, 'hasPeopleLine' | 'otherPeopleLines'> {
  const open = lines.filter(({ purpose, isClosed }) => purpose === 'people' && !isClosed);
  const hasPeopleLine = open.some(({ isFromPositions }) => isFromPositions);
  return { hasPeopleLine, otherPeopleLines: hasPeopleLine ? open.filter(({ isFromPositions }) => !isFromPositions).map(({ name }) => name) : [] };
}

function nearCap(lines: readonly LineRow[], figures: LineFigures, year: number): BudgetSummary['nearCap'] {
  return lines.filter(({ isClosed }) => !isClosed).flatMap((line) => {
    const [cap, used, expected] = [parseDecimal(line.cap) ?? 0n, held(exactAmounts(line)), figures.forecastOf(line, year)];
    const most = used > expected ? used : expected;
    const share = cap > 0n ? Number(most) / Number(cap) : most > 0n ? Infinity : 0;
    return share >= nearShare ? [{ lineNo: line.lineNo, name: line.name, share: Number.isFinite(share) ? share : 1, isOver: used > cap }] : [];
  }).toSorted((a, b) => b.share - a.share).slice(0, 50);
}
