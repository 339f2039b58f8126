import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import type { Figure, MetricUnit } from '../contract.ts';
import type { Registry } from '../registry/registry.ts';
import { type Asked, isTime } from './asked.ts';
import { bucketsOf } from './period.ts';
import type { Plan } from './plan.ts';
import type { AnswerRow } from './print.ts';

export type NamedFigures = Record<string, Figure>;

/** A row: its keys, its figures, and those of the period compared with. */
export interface ShapedRow {
  keys: string[];
  /** False of a time that was put in because nothing at all happened in it. */
  hasFacts: boolean;
  figures: NamedFigures;
  against: NamedFigures | null;
}

/** An answer as figures: the rows asked for, how many there are in all, and the totals of all of them. */
export interface Shaped {
  rows: ShapedRow[];
  rowCount: number;
  totals: NamedFigures;
  totalsAgainst: NamedFigures | null;
  /** Of rows that are times alone: what the period compared with has more of. */
  beyond: ShapedRow[];
}

type Side = 'now' | 'before';
type FiguresOf = (row: AnswerRow | undefined, side: Side) => NamedFigures;

const exact = (text: string | undefined): bigint => {
  const value = parseDecimal(text ?? '0');
  if (value === null) throw new Error(`The engine answered ${text}, which is no exact number.`);
  return value;
};

const unit = 10_000n;

/** Half of a ten-thousandth is rounded away from zero, as in bookkeeping. */
function divided(amount: bigint, by: bigint): bigint {
  const sign = (amount < 0n) === (by < 0n) ? 1n : -1n;
  const [top, bottom] = [amount < 0n ? -amount : amount, by < 0n ? -by : by];
  return sign * ((top * unit * 2n + bottom) / (bottom * 2n));
}

const written = (value: bigint, of: MetricUnit): Figure =>
  (of === 'count' || of === 'percent' ? Number(formatDecimal(value)) : formatDecimal(value));

/** Reckons figures out of the engine's columns, exactly. */
function createReckoner(registry: Registry, asked: Asked, plan: Plan): FiguresOf {
  const columns = new Map(plan.parts.flatMap((part) => part.counted.map((counted) => [counted.metric.name, counted])));
  const valueOf = (row: AnswerRow | undefined, name: string, side: Side): bigint | null => {
    const { reckoned } = registry.metric(name);
    if (reckoned.kind === 'aggregate') {
      const counted = columns.get(name);
      const alias = `${counted?.alias}${counted?.differsInTime && row?.isTotal === 1 ? '_total' : ''}_${side}`;
      return exact(row?.[alias] as string | undefined);
    }
    const [first, second] = reckoned.of.map((of) => valueOf(row, of, side));
    if (first === null || second === null) return null;
    if (reckoned.kind === 'ratio') return second === 0n ? null : divided(first, second);
    return reckoned.isNeverBelowZero && first < second ? 0n : first - second;
  };
  return (row, side) => Object.fromEntries(asked.metrics.map((name) => {
    const value = valueOf(row, name, side);
    return [name, value === null ? null : written(value, registry.metric(name).unit)];
  }));
}

/** Turns the engine's rows into those asked for. */
export function shapeAnswer(registry: Registry, asked: Asked, plan: Plan, answered: AnswerRow[]): Shaped {
  const figuresOf = createReckoner(registry, asked, plan);
  const total = answered.find((row) => row.isTotal === 1);
  const totals = { totals: figuresOf(total, 'now'), totalsAgainst: asked.against ? figuresOf(total, 'before') : null };
  if (asked.dimensions.length === 0) return { rows: [], rowCount: 0, beyond: [], ...totals };
  const details = answered.filter((row) => row.isTotal === 0);
  const keysOf = (row: AnswerRow): string[] => asked.dimensions.map((_name, at) => row[`k${at}`] as string);
  if (plan.isPagedByEngine) {
    const rows = details.map((row) => ({ keys: keysOf(row), hasFacts: true, figures: figuresOf(row, 'now'), against: asked.against && figuresOf(row, 'before') }));
    return { rows, rowCount: total?.rowCount ?? 0, beyond: [], ...totals };
  }
  const keyed = details.map((row) => ({ row, keys: keysOf(row) }));
  const rows = sorted(aligned(asked, keyed, figuresOf), asked, plan);
  const { offset, limit } = asked.page ?? { offset: 0, limit: rows.length };
  return { rows: rows.slice(offset, offset + limit), rowCount: rows.length, beyond: beyond(asked, keyed, figuresOf), ...totals };
}

type Keyed = { row: AnswerRow; keys: string[] };

/** The days, weeks or months of both periods, by their place; null for a dimension that is no time. */
type Times = Record<Side, Map<string, number>> | null;

const placesOf = (buckets: string[]): Map<string, number> => new Map(buckets.map((bucket, at) => [bucket, at]));

/**
 * Rows of the period with those of the one compared with beside them: its n-th day, week or month stands beside the
 * n-th of the period. Times in which nothing happened have a row where rows are times alone.
 */
function aligned(asked: Asked, keyed: Keyed[], figuresOf: FiguresOf): ShapedRow[] {
  const { period, against, dimensions } = asked;
  const times = dimensions.map((name): Times => (isTime(name) ? { now: placesOf(bucketsOf(period, name)), before: placesOf(against ? bucketsOf(against, name) : []) } : null));
  const starts = times.map((time) => [...(time?.now.keys() ?? [])]);
  const hasTimes = times.some((time) => time !== null);
  const found = new Map<string, { keys: string[]; now?: AnswerRow; before?: AnswerRow }>();
  const put = (keys: string[], side: Side, row: AnswerRow): void => {
    const name = JSON.stringify(keys);
    found.set(name, { ...(found.get(name) ?? { keys }), [side]: row });
  };
  for (const { row, keys } of keyed) {
    const isIn = (side: Side): boolean => keys.every((key, at) => times[at]?.[side].has(key) ?? true);
    if (isIn('now') && (!against || !hasTimes || holdsAny(row, 'now'))) put(keys, 'now', row);
    if (!against || !isIn('before') || !holdsAny(row, 'before')) continue;
    const shifted = keys.map((key, at) => (times[at] === null ? key : starts[at][times[at].before.get(key) ?? 0]));
    if (shifted.every((key) => key !== undefined)) put(shifted, 'before', row);
  }
  const isByTimeAlone = dimensions.length === 1 && hasTimes;
  if (isByTimeAlone) for (const key of starts[0]) if (!found.has(JSON.stringify([key]))) found.set(JSON.stringify([key]), { keys: [key] });
  const hasCounterpart = (keys: string[]): boolean => keys.every((key, at) => times[at] === null || (times[at].now.get(key) ?? 0) < times[at].before.size);
  return [...found.values()].map(({ keys, now, before }) => ({
    keys,
    hasFacts: now !== undefined,
    figures: figuresOf(now, 'now'),
    against: against && hasCounterpart(keys) ? figuresOf(before, 'before') : null,
  }));
}

/** What came in those days, weeks or months of the period compared with that are beyond the number of the period's own. */
function beyond(asked: Asked, keyed: Keyed[], figuresOf: FiguresOf): ShapedRow[] {
  const [by] = asked.dimensions;
  if (!asked.against || asked.dimensions.length !== 1 || !isTime(by)) return [];
  const rows = new Map(keyed.map(({ row, keys }) => [keys[0], row]));
  return bucketsOf(asked.against, by).slice(bucketsOf(asked.period, by).length)
    .map((key) => ({ keys: [key], hasFacts: false, figures: figuresOf(undefined, 'now'), against: figuresOf(rows.get(key), 'before') }));
}

/** A row stands for both periods; of one of them there may be nothing in it. */
const holdsAny = (row: AnswerRow, side: Side): boolean =>
  Object.entries(row).some(([alias, value]) => alias.endsWith(`_${side}`) && Number(value) !== 0);

function sorted(rows: ShapedRow[], { sort, dimensions }: Asked, plan: Plan): ShapedRow[] {
  const at = dimensions.indexOf(sort.by);
  const byKeys = (a: ShapedRow, b: ShapedRow): number => {
    const i = a.keys.findIndex((key, k) => key !== b.keys[k]);
    return i < 0 ? 0 : a.keys[i] < b.keys[i] ? -1 : 1;
  };
  const isNumeric = at >= 0 && plan.dimensions[at].isNumeric;
  const valueOf = (row: ShapedRow): string | number | null => {
    if (at >= 0) return isNumeric ? (row.keys[at] === '' ? null : Number(row.keys[at])) : row.keys[at];
    const value = row.figures[sort.by];
    return value === null ? null : Number(value);
  };
  return rows.map((row) => ({ row, value: valueOf(row) })).sort((a, b) => {
    if (a.value === b.value) return byKeys(a.row, b.row);
    if (a.value === null || b.value === null) return a.value === null ? 1 : -1;
    return (a.value < b.value ? -1 : 1) * (sort.descending ? -1 : 1);
  }).map(({ row }) => row);
}

