import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import { readNativeBlocks } from '../../../../platform/clickhouse/native-blocks.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { momentText } from '../../../commerce/public.ts';
import { wholeAt } from '../../../insights/public.ts';
import { addSums, noSums, type Sums } from '../statistics/sample.ts';
import { putAside } from './asked-people.ts';

/** What people bought from `from` until `until`; and from `before` until `beforeUntil`, or `from`, which the first cannot have changed. */
export interface Window {
  before: Date;
  beforeUntil?: Date;
  from: Date;
  until: Date;
}

/** What a group of people did, whoever did nothing counted too. */
export interface Outcomes {
  people: number;
  buyers: number;
  orders: number;
  /** Sales less refunds in ten-thousandths of the brand's money: exact. */
  revenue: bigint;
  /** By person, beside what the same person did before; money in whole units. */
  sums: { buyers: Sums; orders: Sums; revenue: Sums };
}

const minorUnits = 10_000;
const limits = { timeoutMs: 30_000, memoryBytes: 3 * 2 ** 30 };

/**
 * One pass over the order lines of the window answers for all groups: a row a buyer, put to the group of the buyer's number. Lines of
 * others are left out before anything is counted: of ten million customers a million makes it six times as quick. An order counts
 * once, by its key, and before the window by its lines, which tell as much of who buys often; money of other currencies does not count.
 */
const sql = `select toUInt32(${canonicalNo()}) as no,
    toUInt32(length(groupUniqArrayIf(order_key, kind = 'sale' and occurred_at >= {from:DateTime64(3, 'UTC')}))) as orders,
    reinterpretAsInt64(toDecimal64(sumIf(amount, occurred_at >= {from:DateTime64(3, 'UTC')}), 4)) as revenue,
    toUInt32(countIf(kind = 'sale' and occurred_at < {before_until:DateTime64(3, 'UTC')})) as lines_before,
    reinterpretAsInt64(toDecimal64(sumIf(amount, occurred_at < {before_until:DateTime64(3, 'UTC')}), 4)) as revenue_before
  from order_line
  where customer_no > 0 and occurred_at >= {before:DateTime64(3, 'UTC')} and occurred_at < {until:DateTime64(3, 'UTC')} and (occurred_at < {before_until:DateTime64(3, 'UTC')} or occurred_at >= {from:DateTime64(3, 'UTC')}) and currency = {currency:String}
    and bitmapContains((select groupBitmapMergeState(people) from asked_people where people_key = {people:String}), customer_no)
  group by no`;

/** What each group did. Groups share nobody; whoever is in none is not counted. */
export async function readOutcomes(platform: Pick<Platform, 'clickhouse' | 'reader'>, groups: readonly Bitmap[], { before, from, until, beforeUntil = from }: Window, currency: string): Promise<Outcomes[]> {
  if (groups.length > mostGroups) throw new Error(`${groups.length} groups, where ${mostGroups} can be told apart`);
  const { reader } = platform;
  const people = await putAside(platform, Bitmap.union(groups));
  const groupOf = placesOf(groups);
  const totals = groups.map(() => new Totals());
  const params = { before: momentText(before), before_until: momentText(beforeUntil), from: momentText(from), until: momentText(until), currency, people };
  for await (const { rowCount, columns: [no, orders, revenue, linesBefore, revenueBefore] } of readNativeBlocks(reader.bytes(sql, 'Native', params, limits))) {
    const [numbers, done, doneBefore] = [new Uint32Array(no.buffer), new Uint32Array(orders.buffer), new Uint32Array(linesBefore.buffer)];
    const [spent, spentBefore] = [new Uint32Array(revenue.buffer), new Uint32Array(revenueBefore.buffer)];
    for (let row = 0; row < rowCount; row++) {
      const place = groupOf[numbers[row]] ?? 0;
      if (place > 0) totals[place - 1].add(done[row], wholeAt(spent, row), doneBefore[row], wholeAt(spentBefore, row));
    }
    totals.forEach((each) => each.settle());
  }
  return totals.map((each, i) => each.outcomes(groups[i].size));
}

/** Most groups that can be told apart: a byte says which. */
export const mostGroups = 255;

/** Which group a customer number is of, from 1; 0 for none. Ten million numbers are ten megabytes, and a look costs nothing. */
function placesOf(groups: readonly Bitmap[]): Uint8Array {
  const last = groups.reduce((most, { size }, i) => (size === 0 ? most : Math.max(most, groups[i].at(size - 1) ?? 0)), 0);
  const places = new Uint8Array(last + 1);
  for (const [i, group] of groups.entries()) for (const no of group.toArray()) places[no] = i + 1;
  return places;
}

/** Adds people up: in whole units for what is estimated, and exactly, some thousand at a time, for what is told as money. */
class Totals {
  #buyers: Sums = { ...noSums };
  #orders: Sums = { ...noSums };
  #revenue: Sums = { ...noSums };
  #minor = 0n;
  #minorOfBlock = 0;

  add(orders: number, revenue: number, linesBefore: number, revenueBefore: number): void {
    put(this.#buyers, orders > 0 ? 1 : 0, linesBefore > 0 ? 1 : 0);
    put(this.#orders, orders, linesBefore);
    put(this.#revenue, revenue / minorUnits, revenueBefore / minorUnits);
    this.#minorOfBlock += revenue;
  }

  settle(): void {
    this.#minor += BigInt(this.#minorOfBlock);
    this.#minorOfBlock = 0;
  }

  outcomes(people: number): Outcomes {
    const of = (sums: Sums): Sums => ({ ...sums, n: people });
    return { people, buyers: this.#buyers.y, orders: this.#orders.y, revenue: this.#minor, sums: { buyers: of(this.#buyers), orders: of(this.#orders), revenue: of(this.#revenue) } };
  }
}

function put(sums: Sums, y: number, x: number): void {
  sums.y += y;
  sums.yy += y * y;
  sums.x += x;
  sums.xx += x * x;
  sums.xy += x * y;
}

/** Groups taken together. */
export const together = (parts: readonly Outcomes[]): Outcomes => parts.reduce((a, b) => ({
  people: a.people + b.people, buyers: a.buyers + b.buyers, orders: a.orders + b.orders, revenue: a.revenue + b.revenue,
  sums: { buyers: addSums(a.sums.buyers, b.sums.buyers), orders: addSums(a.sums.orders, b.sums.orders), revenue: addSums(a.sums.revenue, b.sums.revenue) },
}), { people: 0, buyers: 0, orders: 0, revenue: 0n, sums: { buyers: noSums, orders: noSums, revenue: noSums } });
