import type { OrderInPlace } from '../orders/found-orders.ts';
import type { NextNo } from '../../ledger/decide/book.ts';
import { Numbers } from '../../ledger/store/numbers.ts';
import type { HistoryQuestion, HistorySetting, LivedPeople, NextPeople } from './question.ts';
import { type History, replay } from './replay.ts';
import { rowsOf } from './rows.ts';

/** Orders that are looked at together. */
const ordersAtOnce = 5_000;
/** Of one order: an earning, its lot, its end; of each of its returns what was taken and what is owed, and of a lot that was taken from its end. */
const perOrder = 8;
const perReturn = 6;
/** People that are lived through, or read, at one time: those who are written, and those after them. */
const batchesKept = 3;
const lastNumber = 2_147_483_647;

type Asked = Extract<HistoryQuestion, { kind: 'live' }>;

/** Everybody's histories, some people after the other, in the order of their numbers. */
export class Histories {
  readonly #setting: HistorySetting;
  readonly #orders: AsyncIterator<OrderInPlace>;
  readonly #split: ReadonlySet<string>;
  /** By the last number that is looked at with them. */
  readonly #batches = new Map<number, Map<number, OrderInPlace[]>>();
  #ahead: OrderInPlace | undefined;

  constructor(setting: HistorySetting, orders: AsyncGenerator<OrderInPlace>) {
    this.#setting = setting;
    this.#orders = orders;
    this.#split = new Set(setting.split);
  }

  async next(): Promise<NextPeople> {
    const people = new Map<number, OrderInPlace[]>();
    let [count, numbers, last] = [0, 0, 0];
    for (let order = this.#ahead ?? (await this.#read()); ; order = await this.#read()) {
      this.#ahead = order;
      if (!order || (count >= ordersAtOnce && order.groupNo !== last)) break;
      last = order.groupNo;
      if (this.#split.has(order.orderKey)) continue;
      count++;
      numbers += perOrder + perReturn * order.refunds.length;
      const own = people.get(last);
      if (own) own.push(order);
      else people.set(last, [order]);
    }
    const until = this.#ahead ? last : lastNumber;
    this.#batches.set(until, people);
    for (const old of [...this.#batches.keys()].slice(0, -batchesKept)) this.#batches.delete(old);
    return { until, isLast: !this.#ahead, customerNos: [...people.keys()], numbers: numbers + perOrder * people.size };
  }

  live({ until, newcomers, blocks, now }: Asked, births: ReadonlyMap<number, string>): LivedPeople {
    const numbers = new Numbers(blocks);
    const people = this.#batches.get(until) ?? new Map<number, OrderInPlace[]>();
    return { ...rowsOf(this.#lived(people, { newcomers, births, now, nextNo: numbers.next }), now), others: [...people].flatMap(([no, orders]) => (newcomers.has(no) ? [] : orders)) };
  }

  *#lived(people: ReadonlyMap<number, OrderInPlace[]>, { newcomers, births, now, nextNo }: Pick<Asked, 'newcomers' | 'now'> & { births: ReadonlyMap<number, string>; nextNo: NextNo }): Generator<History> {
    for (const [customerNo, orders] of people) {
      const memberships = newcomers.get(customerNo);
      if (memberships) yield replay({ customerNo, memberships, birthDate: births.get(customerNo) ?? null, orders }, this.#setting.terms, nextNo, now);
    }
  }

  async #read(): Promise<OrderInPlace | undefined> {
    const { value, done } = (await this.#orders.next()) as IteratorResult<OrderInPlace, undefined>;
    return done ? undefined : value;
  }
}
