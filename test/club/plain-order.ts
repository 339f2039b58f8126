import type { ProgrammeDefinition } from '../../src/domains/membership/contract/programme.ts';

const dayMs = 86_400_000;
/** Days begin at 16:00 of the day before: China's. */
const offsetMs = 8 * 3_600_000;
const midnight = (year: number, month: number, date: number): number => Date.UTC(year, month, date) - offsetMs;

/** What an order of one line came to, and what came back of it. */
export interface PlainOrder {
  id: string;
  customerNo: number;
  placedAt: number;
  amount: number;
  category: string;
  rules: ProgrammeDefinition;
  regular: number;
  bonus: number;
  byMoney: number;
  perOrder: number;
  returned: number;
  pointsTaken: number;
  growthTaken: number;
}

/** Points of an order by fractions of whole numbers: money times the rate times what makes more of it, rounded once. */
export function plainOrder(id: string, { customerNo, placedAt, amount, category }: Pick<PlainOrder, 'customerNo' | 'placedAt' | 'amount' | 'category'>, rules: ProgrammeDefinition, isHigh: boolean): PlainOrder {
  const { rate, rounding, combine, thresholds } = rules.points;
  const [tea, high] = [category === 'tea' ? 15 : 10, isHigh ? 12 : 10];
  const factor = combine === 'product' ? tea * high : 10 * Math.max(tea, high);
  const [over, under] = [amount * rate.amount * factor, Number(rate.per) * 100];
  const whole = Math.floor(over / under);
  const rest = over - whole * under;
  const more = { down: 0, half_up: 2 * rest >= under ? 1 : 0, up: rest > 0 ? 1 : 0 }[rounding];
  return {
    id, customerNo, placedAt, amount, category, rules, regular: whole + more, bonus: reached(amount, thresholds),
    byMoney: Math.floor((amount * rules.growth.perMoney.amount) / Number(rules.growth.perMoney.per)), perOrder: rules.growth.perOrder,
    returned: 0, pointsTaken: 0, growthTaken: 0,
  };
}

const reached = (money: number, thresholds: ProgrammeDefinition['points']['thresholds']): number =>
  Math.max(0, ...thresholds.filter(({ from }) => money >= Number(from)).map(({ points }) => points));

/** More of an order came back: how many points and how much growth that takes. */
export function plainReturn(order: PlainOrder, part: number): { points: number; growth: number } {
  order.returned += part;
  const { amount, returned, regular, bonus, byMoney, perOrder, pointsTaken, growthTaken, rules } = order;
  const isAll = returned >= amount;
  const points = isAll ? regular + bonus : Math.floor((regular * returned) / amount) + Math.max(0, bonus - reached(amount - returned, rules.points.thresholds));
  const growth = isAll ? byMoney + perOrder : Math.floor((byMoney * returned) / amount);
  [order.pointsTaken, order.growthTaken] = [points, growth];
  return { points: points - pointsTaken, growth: growth - growthTaken };
}

/** From when points of an order can be spent, and when they end: always with a day of the calendar. */
export function plainValidity({ placedAt, rules: { points: { pendingDays, expiry } } }: Pick<PlainOrder, 'placedAt' | 'rules'>): { availableAt: number; expiresAt: number | null } {
  const day = new Date(placedAt + offsetMs);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  const availableAt = pendingDays === 0 ? placedAt : midnight(year, month, date) + (pendingDays + 1) * dayMs;
  switch (expiry.kind) {
    case 'end_of_period': return { availableAt, expiresAt: midnight(year, month + expiry.periods + 1, 1) };
    case 'duration': {
      const longest = new Date(Date.UTC(year, month + expiry.months + 1, 0)).getUTCDate();
      const last = expiry.roundTo === 'month' ? longest : Math.min(date, longest);
      return { availableAt, expiresAt: midnight(year, month + expiry.months, last + 1) };
    }
    default: return { availableAt, expiresAt: null };
  }
}
