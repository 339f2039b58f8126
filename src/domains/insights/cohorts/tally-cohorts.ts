import { type Column, wholeAt } from '../histories/read-people.ts';
import { DistinctOrders } from './distinct-orders.ts';

/** Which day lies in which period: places from `firstDay` on; -1 for what is before, and beyond the last for what is after. */
export interface CohortCalendar {
  firstDay: number;
  periodOfDay: Int16Array;
  /** Periods in which people may have begun, the first ones. */
  begins: number;
  /** How many periods of each person are looked at, the first included. */
  ages: number;
  /** Values of what the first order is told by, the rest of them included; 1 where it is not. */
  codes: number;
}

/** One person's standing in a cell. */
export const cellParts = ['active', 'inactive', 'repurchased', 'not_repurchased', 'all'] as const;
export type CellPart = (typeof cellParts)[number];

/** Whose numbers are wanted: of one period of beginning or of one value, `age` periods later. */
export interface WantedCell {
  begin: number | null;
  code: number | null;
  age: number;
  part: CellPart;
  /** People who began later have not yet had so many periods. */
  lastBegin: number;
}

/** Sums of ten-thousandths as high and low halves of 64 bits, which stay exact for two million times two billion lines. */
interface Sums {
  high: Float64Array;
  low: Float64Array;
}

/** Figures by (code, begin, age); sizes by (code, begin). None is cumulative. */
export interface CohortFigures {
  sizes: Uint32Array;
  active: Uint32Array;
  /** Whose second order was at this age. */
  second: Uint32Array;
  orders: Uint32Array;
  sales: Sums;
  refunds: Sums;
  /** People whose first order was earlier or later than what is shown. */
  before: number;
  after: number;
  wanted: number[];
}

const sums = (length: number): Sums => ({ high: new Float64Array(length), low: new Float64Array(length) });

/** Columns of the rows after the customer's number: day, order (0 for a refund), amount, and where codes are told the code and the moment. */
const [dayColumn, orderColumn, amountColumn, codeColumn, timeColumn] = [0, 1, 2, 3, 4];

/** Takes people in one after the other. The rows of each are of one person, in any order. */
export class CohortTally {
  readonly figures: CohortFigures;
  readonly #calendar: CohortCalendar;
  readonly #wanted: WantedCell | null;
  readonly #orders = new DistinctOrders();
  /** By age, the last person who ordered then, by their place in the order they come in. */
  readonly #lastActive: Uint32Array;
  #person = 0;

  constructor(calendar: CohortCalendar, wanted: WantedCell | null) {
    const { begins, ages, codes } = calendar;
    const cells = codes * begins * ages;
    this.#calendar = calendar;
    this.#wanted = wanted;
    this.#lastActive = new Uint32Array(ages);
    this.figures = {
      sizes: new Uint32Array(codes * begins), active: new Uint32Array(cells), second: new Uint32Array(cells), orders: new Uint32Array(cells),
      sales: sums(cells), refunds: sums(cells), before: 0, after: 0, wanted: [],
    };
  }

  add = (no: number, columns: readonly Column[], from: number, until: number): void => {
    const { begins, ages } = this.#calendar;
    const orders = this.#orders;
    orders.takeIn(columns[orderColumn], columns[dayColumn], from, until);
    if (orders.count === 0) return;
    const begin = this.#period(orders.firstDay());
    if (begin < 0) return void this.figures.before++;
    if (begin >= begins) return void this.figures.after++;
    const code = columns.length > codeColumn ? codeOfFirst(columns, from, until) : 0;
    const cohort = code * begins + begin;
    this.figures.sizes[cohort]++;
    this.#person++;
    this.#sumLines(columns, from, until, begin, cohort * ages);
    const secondAge = this.#countOrders(begin, cohort * ages);
    if (this.#wanted && this.#isWanted(this.#wanted, begin, code, secondAge)) this.figures.wanted.push(no);
  };

  #period(day: number): number {
    const { firstDay, periodOfDay } = this.#calendar;
    if (day < firstDay) return -1;
    const place = day - firstDay;
    return place < periodOfDay.length ? periodOfDay[place] : 32_767;
  }

  #sumLines(columns: readonly Column[], from: number, until: number, begin: number, base: number): void {
    const { ages } = this.#calendar;
    const [days, keys, amounts] = [columns[dayColumn], columns[orderColumn], columns[amountColumn]];
    for (let row = from; row < until; row++) {
      const age = Math.max(0, this.#period(days[row]) - begin);
      if (age >= ages) continue;
      const isRefund = keys[2 * row] === 0 && keys[2 * row + 1] === 0;
      const { high, low } = isRefund ? this.figures.refunds : this.figures.sales;
      high[base + age] += amounts[2 * row + 1] | 0;
      low[base + age] += amounts[2 * row];
      if (isRefund || this.#lastActive[age] === this.#person) continue;
      this.#lastActive[age] = this.#person;
      this.figures.active[base + age]++;
    }
  }

  /** Counts each order at the day of its first line; answers at which age the second one was, or `ages` for none. */
  #countOrders(begin: number, base: number): number {
    const { ages } = this.#calendar;
    const orders = this.#orders;
    for (let i = 0; i < orders.count; i++) {
      const age = this.#period(orders.days[i]) - begin;
      if (age < ages) this.figures.orders[base + age]++;
    }
    const secondAge = orders.count < 2 ? ages : Math.min(ages, this.#period(orders.secondDay()) - begin);
    if (secondAge < ages) this.figures.second[base + secondAge]++;
    return secondAge;
  }

  #isWanted({ begin, code, age, part, lastBegin }: WantedCell, ownBegin: number, ownCode: number, secondAge: number): boolean {
    if ((begin !== null && begin !== ownBegin) || (code !== null && code !== ownCode) || ownBegin > lastBegin) return false;
    switch (part) {
      case 'all': return true;
      case 'active': return this.#lastActive[age] === this.#person;
      case 'inactive': return this.#lastActive[age] !== this.#person;
      case 'repurchased': return secondAge <= age;
      case 'not_repurchased': return secondAge > age;
    }
  }
}

/** The code of the dearest line of the first order; of orders of one moment that of the lower key, of equally dear lines the lower code. */
function codeOfFirst(columns: readonly Column[], from: number, until: number): number {
  const [keys, amounts, codes, times] = [columns[orderColumn], columns[amountColumn], columns[codeColumn], columns[timeColumn]];
  let [first, firstAt] = [-1, Infinity];
  for (let row = from; row < until; row++) {
    if (keys[2 * row] === 0 && keys[2 * row + 1] === 0) continue;
    const at = wholeAt(times, row);
    if (at < firstAt || (at === firstAt && isLower(keys, row, first))) [first, firstAt] = [row, at];
  }
  let dearest = first;
  for (let row = from; row < until; row++) {
    if (keys[2 * row] !== keys[2 * first] || keys[2 * row + 1] !== keys[2 * first + 1]) continue;
    const more = wholeAt(amounts, row) - wholeAt(amounts, dearest);
    if (more > 0 || (more === 0 && codes[row] < codes[dearest])) dearest = row;
  }
  return codes[dearest];
}

const isLower = (keys: Column, a: number, b: number): boolean =>
  keys[2 * a + 1] < keys[2 * b + 1] || (keys[2 * a + 1] === keys[2 * b + 1] && keys[2 * a] < keys[2 * b]);
