import { dayIn } from '../../../../kernel/day.ts';
import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { Multiplier, PointsRules } from '../../contract/programme.ts';
import { type Buyer, isMore, one, type Order, type OrderLine, type Ratio, times } from './order.ts';

/** Which multipliers applied, and what they come to together. */
export interface Factor {
  keys: string[];
  factor: Ratio;
}

const unit = 10_000n;
const dayMs = 86_400_000;

/** The factor of each line of an order, and of what is no line: tax and freight. */
export function factorsOf(order: Order, { multipliers, combine }: Pick<PointsRules, 'multipliers' | 'combine'>, buyer: Buyer, timeZone: string): { ofLine: (line: OrderLine) => Factor; ofRest: Factor } {
  const applied = appliedTo(order, multipliers, buyer, timeZone);
  const ofOrder = multipliers.filter(({ key }) => applied.includes(key));
  const ofLines = multipliers.filter(({ when }) => when.kind === 'product' || when.kind === 'category');
  const ofRest = together(ofOrder, combine);
  if (ofLines.length === 0) return { ofLine: () => ofRest, ofRest };
  return {
    ofRest,
    ofLine: (line) => {
      const own = ofLines.filter(({ when }) => isOfLine(when, line));
      return own.length === 0 ? ofRest : together(multipliers.filter((each) => ofOrder.includes(each) || own.includes(each)), combine);
    },
  };
}

/** Keys of the multipliers that apply to all of an order. */
export function appliedTo(order: Pick<Order, 'placedAt' | 'channel'>, multipliers: PointsRules['multipliers'], buyer: Buyer, timeZone: string): readonly string[] {
  if (buyer.applied || multipliers.length === 0) return buyer.applied ?? [];
  const day = dayIn(timeZone, new Date(order.placedAt));
  return multipliers.filter(({ when }) => isOfOrder(when, order, buyer, day)).map(({ key }) => key);
}

function together(multipliers: readonly Multiplier[], combine: PointsRules['combine']): Factor {
  const factors = multipliers.map(({ key, factor }) => ({ key, factor: { over: parseDecimal(factor) ?? unit, under: unit } }));
  if (factors.length === 0) return { keys: [], factor: one };
  if (combine === 'product') return { keys: factors.map(({ key }) => key), factor: factors.map(({ factor }) => factor).reduce(times) };
  const highest = factors.reduce((best, each) => (isMore(each.factor, best.factor) ? each : best));
  return { keys: [highest.key], factor: highest.factor };
}

function isOfLine(when: Multiplier['when'], { productId, category }: OrderLine): boolean {
  if (when.kind === 'product') return when.products.includes(productId);
  return when.kind === 'category' && when.categories.includes(category);
}

function isOfOrder(when: Multiplier['when'], { channel }: Pick<Order, 'channel'>, { tier, birthDate }: Buyer, day: string): boolean {
  switch (when.kind) {
    case 'tier': return tier !== null && when.tiers.includes(tier);
    case 'channel': return when.channels.includes(channel);
    case 'birthday': return birthDate !== null && isBirthday(birthDate, when.span, day);
    case 'member_day': return isMemberDay(when.days, day);
    case 'product': case 'category': return false;
  }
}

/** Weeks begin on Monday; whoever was born on 29 February has their birthday on the 28th in other years. */
export function isBirthday(birthDate: string, span: 'day' | 'week' | 'month', day: string): boolean {
  if (span === 'month') return birthDate.slice(5, 7) === day.slice(5, 7);
  // A week may hold days of two years.
  const near = [-1, 0, 1].map((more) => birthdayIn(birthDate, Number(day.slice(0, 4)) + more));
  if (span === 'day') return near.includes(day);
  return near.some((birthday) => mondayOf(birthday) === mondayOf(day));
}

function birthdayIn(birthDate: string, year: number): string {
  const monthDay = birthDate.slice(5);
  const isLeap = new Date(Date.UTC(year, 2, 0)).getUTCDate() === 29;
  return `${year}-${monthDay === '02-29' && !isLeap ? '02-28' : monthDay}`;
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;
// The first of January 1970 was a Thursday.
const mondayOf = (day: string): number => Math.floor((dayNumber(day) + 3) / 7);
/** From 1 for Monday to 7. */
const weekday = (day: string): number => ((dayNumber(day) + 3) % 7) + 1;

type MemberDays = Extract<Multiplier['when'], { kind: 'member_day' }>['days'];

/** Whether a day, of the brand's calendar, is a member day. */
export function isMemberDay(days: MemberDays, day: string): boolean {
  switch (days.by) {
    case 'month_day': return days.monthDays.includes(Number(day.slice(8)));
    case 'weekday': return days.weekdays.includes(weekday(day));
    case 'date': return days.dates.includes(day);
  }
}
