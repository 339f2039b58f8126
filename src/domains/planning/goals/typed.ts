import { addDays, addMonths } from '../../../kernel/day.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { type Days, daysOf, type ItemBody, type Reading } from '../contract.ts';

/** A figure that somebody typed in, with the source that the newest of its parts names. */
export type TypedReading = Reading & { source: string | null };

/** What typed figures of months come to in a period, as a reading of the registry would be. */
export function typedReading({ typed, typedNature }: Pick<ItemBody<'goal'>, 'typed' | 'typedNature'>, period: Days): TypedReading {
  const within = typed.filter(({ month }) => daysOf(month).from <= period.to && (typedNature === 'standing' || daysOf(month).to >= period.from)).sort((a, b) => (a.month < b.month ? -1 : 1));
  const last = within.at(-1);
  const exact = within.map(({ value }) => parseDecimal(value)!);
  const sum = exact.reduce((all, value) => all + value, 0n);
  const value = !last ? null : typedNature === 'standing' ? last.value : formatDecimal(typedNature === 'sum' ? sum : sum / BigInt(exact.length));
  return {
    state: last ? 'known' : 'no_data', value, period, computedAt: null, source: last?.source ?? null,
    months: typedNature === 'standing' ? [] : monthsOf(period).map((month) => ({ month, value: within.find((each) => `${each.month}-01` === month)?.value ?? null })),
  };
}

function monthsOf({ from, to }: Days): string[] {
  const months: string[] = [];
  for (let month = `${from.slice(0, 7)}-01`; month < addDays(to, 1); month = addMonths(month, 1)) months.push(month);
  return months;
}
