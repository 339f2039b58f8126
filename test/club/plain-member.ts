import type { Grant, Pause, TierVersion } from '../../src/domains/membership/tiers/rules/life.ts';
import { NaivePoints } from '../naive-points.ts';
import { halfDayMs, type NaiveGrowth, NaiveTier } from '../naive-tiers.ts';
import type { PlainOrder } from './plain-order.ts';

/** One number's own tier, with all that counts for it now. */
interface Row {
  customerNo: number;
  tier: NaiveTier;
  growth: NaiveGrowth[];
  grants: Grant[];
  tickedTo: number;
}

const ranks = ['silver', 'gold', 'black'];

/** Somebody with two numbers, which may be one person for a while: points one by one, tiers half day by half day. */
export class PlainMember {
  readonly numbers: readonly [number, number];
  readonly points: NaivePoints;
  readonly orders: PlainOrder[] = [];
  readonly #own: Row[];
  readonly #growth = new Map<number, NaiveGrowth[]>();
  readonly #grants: (Grant & { customerNo: number })[] = [];
  /** The numbers as one person, the one that remains first; null while they are two. */
  lineage: readonly number[] | null = null;
  everMerged = false;
  /** Whether the plain computation of tiers can still follow: it knows no growth that comes into a cycle long after it. */
  knowsTier = true;

  constructor(numbers: readonly [number, number], joinedAt: number, versions: readonly TierVersion[], pauses: readonly Pause[]) {
    this.numbers = numbers;
    this.points = new NaivePoints(joinedAt, (no) => this.lineage ?? [no]);
    this.#own = numbers.map((customerNo): Row => {
      const [growth, grants]: [NaiveGrowth[], Grant[]] = [[], []];
      this.#growth.set(customerNo, []);
      return { customerNo, growth, grants, tickedTo: joinedAt - halfDayMs, tier: new NaiveTier(joinedAt, growth, grants, versions, pauses) };
    });
  }

  grow(customerNo: number, growth: NaiveGrowth): void {
    this.#growth.get(customerNo)?.push(growth);
    for (const row of this.#rowsOf(customerNo)) addInOrder(row.growth, growth);
  }

  grant(customerNo: number, grant: Grant): void {
    this.#grants.push({ ...grant, customerNo });
    for (const row of this.#rowsOf(customerNo)) row.grants.push(grant);
  }

  #rowsOf = (customerNo: number): Row[] => this.#own.filter((row) => this.lineage !== null || row.customerNo === customerNo);

  merge(survivor: number, now: number): void {
    this.lineage = [survivor, ...this.numbers.filter((no) => no !== survivor)];
    this.everMerged = true;
    // What one owes the other pays.
    this.points.settle();
    this.#count();
    // What both grew counts as if they had been one since each was looked at last, which nobody knows here.
    if (this.#own.some(({ tier }) => tier.hadReachedMore(now))) this.knowsTier = false;
  }

  part(): void {
    this.lineage = null;
    this.#count();
  }

  /** What counts for each number changes with whom it is one. */
  #count(): void {
    for (const row of this.#own) {
      const numbers = this.lineage ?? [row.customerNo];
      row.growth.length = 0;
      for (const no of numbers) for (const each of this.#growth.get(no) ?? []) addInOrder(row.growth, { ...each });
      row.grants.splice(0, row.grants.length, ...this.#grants.filter(({ customerNo }) => numbers.includes(customerNo)));
    }
  }

  /** Of merged numbers the highest leads, and lives on; the other rests. Where the one that leads falls below, the other does. */
  tick(now: number): void {
    if (!this.lineage) return this.#own.forEach((row) => this.#live(row, now));
    const led = new Set<Row>();
    for (let row = this.#leading(); !led.has(row); row = this.#leading()) {
      led.add(row);
      this.#live(row, now);
    }
  }

  #leading(): Row {
    const rows = (this.lineage ?? []).flatMap((no) => this.#own.filter(({ customerNo }) => customerNo === no));
    return rows.reduce((best, row) => (ranks.indexOf(row.tier.earned) > ranks.indexOf(best.tier.earned) ? row : best));
  }

  /** Whoever rested lives through what was missed, knowing what is known by now. */
  #live(row: Row, now: number): void {
    if (row.tickedTo < now - halfDayMs) {
      for (const growth of row.growth) {
        if (growth.at <= row.tickedTo && growth.knownAt > row.tickedTo && growth.amount < 0) this.knowsTier = false;
        growth.knownAt = growth.at > row.tickedTo ? growth.at : Math.min(growth.knownAt, row.tickedTo + halfDayMs);
      }
    }
    for (; row.tickedTo < now; row.tickedTo += halfDayMs) row.tier.tick(row.tickedTo + halfDayMs);
  }

  /** What happened to the tiers of both numbers. */
  get story(): unknown[] {
    return this.#own.map(({ customerNo, tier }) => [customerNo, tier.seen.map(({ at, ...each }) => ({ ...each, at: new Date(at) }))]);
  }

  /** The tier each number has, of merged ones the number that leads alone. */
  get tiers(): { customerNo: number; tier: string }[] {
    const rows = this.lineage ? [this.#leading()] : this.#own;
    return rows.map(({ customerNo, tier }) => ({ customerNo, tier: tier.shown }));
  }
}

function addInOrder(growth: NaiveGrowth[], added: NaiveGrowth): void {
  const place = growth.findIndex(({ at, knownAt }) => at > added.at || (at === added.at && knownAt > added.knownAt));
  growth.splice(place < 0 ? growth.length : place, 0, added);
}
