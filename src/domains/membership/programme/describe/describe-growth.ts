import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { Param } from '../words/phrase.ts';
import { type Statement, statementsOf, where } from './statement.ts';

const growthPart = statementsOf('growth');
const cycle = statementsOf('cycle');

/** What of an order's money counts for something, and what does not. */
export function countsPhrase(what: 'growth' | 'points', counts: ProgrammeDefinition['growth']['counts']): [string, Record<string, Param>] {
  const named = (wanted: boolean): Param[] => Object.entries(counts).filter(([, is]) => is === wanted).map(([part]) => ({ key: `says.money.${part}` }));
  const left = named(false);
  return [left.length === 0 ? 'countsAll' : 'counts', { what: { key: `says.countsFor.${what}` }, counted: [{ key: 'says.money.goods' }, ...named(true)], left }];
}

/** Kinds of activities that have a name of their own. */
const named = new Set(['sign_in', 'task']);

/** What makes somebody rise. */
export function describeGrowth({ growth: { perMoney, perOrder, counts, activities } }: ProgrammeDefinition): Statement[] {
  return [
    ...where(perMoney.amount > 0, () => growthPart.told('growth.perMoney', 'growthPerMoney', { count: perMoney.amount, money: moneyOf(perMoney.per) })),
    ...where(perOrder > 0, () => growthPart.told('growth.perOrder', 'growthPerOrder', { count: perOrder })),
    growthPart.told('growth.counts', ...countsPhrase('growth', counts)),
    ...Object.entries(activities).map(([kind, amount]) => growthPart.told(`growth.activities.${kind}`, 'growthActivity', { kind: named.has(kind) ? { key: `says.activity.${kind}` } : kind, count: amount })),
  ];
}

/** An amount without what only pads it: 1.50 and 1.5 are the same promise. */
export const moneyOf = (text: string): { money: string } => {
  const value = parseDecimal(text);
  return { money: value === null ? text : formatDecimal(value) };
};

/** When tiers are looked at again, and what happens then. */
export function describeTierRules({ tierRules: rules }: ProgrammeDefinition): Statement[] {
  const { clock, graceDays, minimumDays } = rules;
  const began: Record<string, Param> = clock.kind === 'calendar' ? { month: { month: clock.startMonth } } : {};
  return [
    cycle.told('tierRules.clock', `clock.${clock.kind}`, { count: clock.months, ...began }),
    ...where(graceDays > 0, () => cycle.told('tierRules.graceDays', 'grace', { count: graceDays })),
    ...where(minimumDays > 0, () => cycle.told('tierRules.minimumDays', 'minimum', { count: minimumDays })),
    cycle.told('tierRules.drop', `drop.${rules.drop}`),
    cycle.told('tierRules.refunds', `refunds.${rules.refunds}`),
    cycle.inside('tierRules.review', `review.${rules.review}`),
    cycle.inside('tierRules.intermediateGifts', `intermediateGifts.${rules.intermediateGifts}`),
    cycle.told('tierRules.giftsOnRefund', `giftsOnRefund.${rules.giftsOnRefund}`),
  ];
}
