import type { Question } from '../src/domains/insights/contract.ts';
import { addDays, addMonths } from '../src/kernel/day.ts';
import type { TestCustomer, TestEvent } from './audience-people.ts';
import type { TestLine } from './order-lines.ts';
import { plainDay, type PlainFacts, plainFigures } from './plain-figures.ts';

/** Everything a question can be about, as a test thinks of it. */
export interface PlainWorld extends PlainFacts {
  customers: (Pick<TestCustomer, 'customerNo' | 'createdAt' | 'gender' | 'birthDate' | 'province' | 'city' | 'channel' | 'consents'>)[];
  events: TestEvent[];
  today: string;
}

interface Period { from: string; to: string }
type Figures = Record<string, string | number | null>;

const monday = (day: string): string => addDays(day, -((new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7));

export const plainBucket: Record<string, (day: string) => string> = { day: (day) => day, week: monday, month: (day) => `${day.slice(0, 7)}-01` };

function age(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) >= birth.slice(5) ? years : years - 1;
}
const floorOf = (value: number, floors: number[]): string => String(floors.findLast((floor) => value >= floor) ?? 0);

/** The value of a dimension for a fact of somebody at a moment; read once more, without the program's own code. */
export function plainKey(world: PlainWorld, name: string, fact: { customerNo: number; at: string; line?: TestLine; event?: TestEvent }, isNew: (at: string) => boolean): string {
  const no = world.merges.get(fact.customerNo) ?? fact.customerNo;
  const person = world.customers.find((one) => one.customerNo === no);
  const firstAt = world.lines.filter((line) => line.kind === 'sale' && no !== 0 && (world.merges.get(line.customerNo) ?? line.customerNo) === no).map((line) => line.at).sort()[0] ?? '';
  const of: Record<string, () => string> = {
    channel: () => fact.line?.channel ?? '',
    region: () => fact.line?.region ?? '',
    category: () => fact.line?.category ?? '',
    brand: () => fact.line?.brand ?? '',
    product: () => fact.line?.product ?? '',
    priceBand: () => {
      const { quantity, amount } = fact.line ?? { quantity: 0, amount: 0 };
      const price = quantity === 0 ? 0 : Math.trunc((amount / quantity) * 10_000) / 10_000;
      return price <= 0 ? '0' : price < 20 ? '0.01' : floorOf(price, [20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]);
    },
    newness: () => (no === 0 ? '' : isNew(firstAt) ? 'new' : 'returning'),
    gender: () => person?.gender ?? '',
    ageBand: () => (person?.birthDate ? floorOf(age(person.birthDate, world.today), [0, 18, 25, 30, 35, 40, 50, 60]) : ''),
    province: () => person?.province ?? '',
    city: () => person?.city ?? '',
    firstChannel: () => person?.channel ?? '',
    firstOrderMonth: () => (firstAt === '' ? '' : plainBucket.month(plainDay(world, firstAt))),
    event: () => fact.event?.name ?? '',
  };
  return name in plainBucket ? plainBucket[name](plainDay(world, fact.at)) : of[name]();
}

/** Figures of a question over a period by keys, and in all: a second computation over every fact. */
export function plainAnswer(world: PlainWorld, question: Question, period: Period): { rows: Map<string, Figures>; totals: Figures } {
  const within = (at: string): boolean => at !== '' && plainDay(world, at) >= period.from && plainDay(world, at) <= period.to;
  const until = (at: string): boolean => plainDay(world, at) <= period.to;
  const matches = (fact: Parameters<typeof plainKey>[2]): boolean => question.filters.every((filter) => {
    const key = plainKey(world, filter.dimension, fact, within);
    if (filter.test === 'contains') {
      const searched = filter.dimension === 'product' ? [key, fact.line?.productName ?? ''] : [key];
      return searched.some((text) => text.toLowerCase().includes(filter.value.toLowerCase()));
    }
    return filter.values.includes(key) === (filter.test === 'in');
  });
  const named = (fact: Parameters<typeof plainKey>[2]) => ({ fact, key: JSON.stringify(question.dimensions.map((name) => plainKey(world, name, fact, within))) });
  const lines = world.lines.map((line) => named({ customerNo: line.customerNo, at: line.at, line }));
  const events = world.events.map((event) => named({ customerNo: event.customerNo, at: event.at, event }));
  const customers = world.customers.filter((one) => !world.merges.has(one.customerNo)).map((one) => ({ ...named({ customerNo: one.customerNo, at: one.createdAt }), one }));
  const figuresOf = (isOfRow: (key: string) => boolean, isNewMoment: (at: string) => boolean): Figures => {
    const counted = new Set(lines.filter(({ fact, key }) => within(fact.at) && matches(fact) && isOfRow(key)).map(({ fact }) => fact.line));
    const figures: Figures = { ...plainFigures(world, (line) => counted.has(line), isNewMoment) };
    const seen = events.filter(({ fact, key }) => within(fact.at) && matches(fact) && isOfRow(key)).map(({ fact }) => world.merges.get(fact.customerNo) ?? fact.customerNo);
    const known = customers.filter(({ fact, key }) => until(fact.at) && matches(fact) && isOfRow(key));
    Object.assign(figures, {
      events: seen.length,
      visitors: new Set(seen.filter((no) => no !== 0)).size,
      newCustomers: known.filter(({ fact }) => within(fact.at)).length,
      customers: known.length,
      reachableCustomers: known.filter(({ one }) => one.consents.some((consent) => consent.endsWith('/marketing/granted'))).length,
      refundRate: ratio(figures.refunds, figures.sales),
      newBuyerShare: ratio(figures.newBuyers, figures.buyers),
    });
    return Object.fromEntries(question.metrics.map((name) => [name, figures[name] ?? null]));
  };
  const keys = new Set([...lines, ...events, ...customers].map(({ key }) => key));
  const rows = new Map([...keys].map((key) => {
    const inRow = (at: string): boolean => within(at) && question.dimensions.every((name, i) => !(name in plainBucket) || plainBucket[name](plainDay(world, at)) === (JSON.parse(key) as string[])[i]);
    return [key, figuresOf((of) => of === key, inRow)];
  }));
  return { rows, totals: figuresOf(() => true, within) };
}

/** To four decimals, half away from zero. */
function ratio(top: Figures[string], bottom: Figures[string]): number | null {
  const [over, under] = [BigInt(Math.round(Number(top) * 10_000)), BigInt(Math.round(Number(bottom) * 10_000))];
  if (under === 0n) return null;
  const sign = over < 0n === under < 0n ? 1n : -1n;
  const [a, b] = [over < 0n ? -over : over, under < 0n ? -under : under];
  return Number(sign * ((a * 20_000n + b) / (2n * b))) / 10_000;
}

/** The same days a year earlier. */
export const plainYearBefore = ({ from, to }: Period): Period => {
  const isMonthEnd = addDays(to, 1).endsWith('-01');
  return { from: addMonths(from, -12), to: isMonthEnd ? addDays(addMonths(addDays(to, 1), -12), -1) : addMonths(to, -12) };
};
