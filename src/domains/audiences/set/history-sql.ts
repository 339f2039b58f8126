import type { ResolvedCondition } from '../resolve/resolved.ts';
import type { Bindings } from './bindings.ts';
import { type Dialect, numberOf, rowsSql } from './facts-sql.ts';
import type { Printed } from './printed.ts';
import { rangeSql } from './tests-sql.ts';

type Of<K extends ResolvedCondition['kind']> = Extract<ResolvedCondition, { kind: K }>;

/** Whose first or last fact lies in one of the ranges. */
export function momentSql({ facts, which, range, within }: Of<'moment'>, dialect: Dialect, bind: Bindings): Printed {
  const moment = which === 'first' ? 'min(occurred_at)' : 'max(occurred_at)';
  const tests = within.map((each) => `(${rangeSql(moment, each, bind)})`).join(' or ') || '0';
  return { sql: `select ${numberOf(dialect)} as no ${rowsSql(facts, range, bind)} group by no having ${tests}`, isComplement: false };
}

const day = (bind: Bindings, zone: string): string => `toDate32(toTimeZone(occurred_at, ${bind.text(zone)}))`;

/** Who did something in at least so many different days, weeks or months. */
export function recurringSql({ facts, every, times, range, zone }: Of<'recurring'>, dialect: Dialect, bind: Bindings): Printed {
  const local = day(bind, zone);
  const bucket = every === 'day' ? local : every === 'week' ? `${local} - toIntervalDay(toDayOfWeek(${local}) - 1)` : `toYear(${local}) * 12 + toMonth(${local})`;
  return { sql: `select ${numberOf(dialect)} as no ${rowsSql(facts, range, bind)} group by no having uniqExact(${bucket}) >= ${bind.whole(times)}`, isComplement: false };
}

/**
 * Who did one thing after another. From the last step backwards, those moments of a step are kept that the next
 * kept one follows in time: the nearest later one tells whether any does.
 */
export function sequenceSql({ first, then, ends, range, untilMs }: Of<'sequence'>, dialect: Dialect, bind: Bindings): Printed {
  const steps = [first, ...then.map((step) => step.facts)];
  const rows = (step: number): string => {
    const untilOf = step === 0 && range.untilMs !== null ? Math.min(range.untilMs, untilMs) : untilMs;
    return `select ${numberOf(dialect)} as no, toUnixTimestamp64Milli(occurred_at) as at ${rowsSql(steps[step], { fromMs: range.fromMs, untilMs: untilOf }, bind)}`;
  };
  let rest = rows(then.length);
  for (let step = then.length - 1; step >= 0; step--) {
    const within = bind.whole(then[step].withinMs);
    const hasNot = ends === 'did_not' && step === then.length - 1;
    const test = hasNot ? `(after.no = 0 or after.at > before.at + ${within}) and before.at + ${within} <= ${bind.whole(untilMs)}` : `after.at <= before.at + ${within}`;
    rest = `select before.no as no, before.at as at from (${rows(step)}) as before asof ${hasNot ? 'left' : 'inner'} join (${rest}) as after
      on before.no = after.no and before.at < after.at where ${test}`;
  }
  return { sql: `select no from (${rest})`, isComplement: false };
}
