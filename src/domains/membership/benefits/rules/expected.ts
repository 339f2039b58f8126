import type { BenefitDefinition, ExpectedCost } from '../../contract/benefits.ts';

const dayMs = 86_400_000;
/** What was used in so many days says what will be; less than `leastDays` says nothing yet. */
export const lookBackDays = 90;
const leastDays = 28;
const daysIn = { day: 1, month: 30.4375, year: 365.25 } as const;

/** What is known beside what the benefit says. Money is in ten-thousandths. */
export interface KnownOfBenefit {
  now: number;
  startsAt: number;
  /** Until when it is reckoned: its end, or that of the year. */
  until: number;
  leftInAll: number | null;
  /** What each costs. */
  each: bigint;
  /** What it cost in all so far, and in the days that are looked back upon. */
  soFar: bigint;
  lately: bigint;
  /** Members who have it by their tier. */
  members: number;
  /** Members who joined, or rose to a tier that has it, in the days that are looked back upon. */
  changes: number;
}

export type Expected = Omit<ExpectedCost, 'amount'> & { amount: bigint };

const daysOf = ({ now, startsAt }: Pick<KnownOfBenefit, 'now' | 'startsAt'>): number => Math.min(lookBackDays, Math.floor((now - startsAt) / dayMs));

/** Whether what was used lately says what will be: it has been given long enough, and was used. */
export const isToldByUse = (known: Pick<KnownOfBenefit, 'now' | 'startsAt' | 'lately'>): boolean => daysOf(known) >= leastDays && known.lately > 0n;

/**
 * What a benefit will come to from its beginning to its end. Exactly the most it can where its number is limited, what a person plans where they said
 * it; otherwise an estimate, by what was used, by who joins and rises, or by who may use it how often. Null where nothing can be told.
 */
export function expectedOf({ promise, limits, planned }: Pick<BenefitDefinition, 'promise' | 'limits'> & { planned: bigint | null }, known: KnownOfBenefit): Expected | null {
  const { now, startsAt, until, leftInAll, each, soFar, lately, members, changes } = known;
  if (leftInAll !== null) return { basis: 'limit', amount: soFar + BigInt(leftInAll) * each, until: null, days: null, people: null };
  if (planned !== null) return { basis: 'planned', amount: planned > soFar ? planned : soFar, until: null, days: null, people: null };
  const left = Math.max(0, until - Math.max(now, startsAt)) / dayMs;
  const told = { until: new Date(until).toISOString(), days: null, people: null };
  const days = daysOf(known);
  const times = (count: number): bigint => BigInt(Math.ceil(count)) * each;
  if (isToldByUse(known)) return { ...told, basis: 'used', amount: soFar + (lately * BigInt(Math.round(left * 1_000))) / (BigInt(days) * 1_000n), days };
  const { kind } = promise;
  if ((kind === 'joining' || kind === 'upgrade') && changes > 0) return { ...told, basis: 'changes', amount: soFar + times((changes / lookBackDays) * left), days: lookBackDays, people: changes };
  const { perMember } = limits;
  const perPerson = kind === 'birthday' ? left / daysIn.year : perMember === null ? null : perMember.times * (perMember.period === 'ever' ? 1 : Math.max(1, left / daysIn[perMember.period]));
  return perPerson === null || members === 0 ? null : { ...told, basis: 'members', amount: soFar + times(members * perPerson), people: members };
}
