import { maxCustomers } from './aliases.ts';
import { buyingOf } from './buying.ts';
import { shelves } from './catalogue.ts';
import { consentsOf } from './consents.ts';
import { ordersOf } from './orders.ts';
import { personOf } from './people.ts';
import type {
  DemoConsent,
  DemoCustomer,
  DemoEvent,
  DemoOrder,
  DemoProduct,
  DemoTag,
  DemoTruth,
} from './records.ts';
import { tagsOf } from './tags.ts';
import type { TimeScale } from './time-scale.ts';
import { eventsOf } from './visits.ts';
import { worldOf } from './world.ts';

/** The name of the demonstration brand. */
export const demoBrandName = '常青生活';

export interface DemoBrandOptions {
  /** Equal options give equal records. */
  seed: number;
  /** How many customers; customer i is the same in a brand of any size. */
  customers: number;
  /** The history of two years ends just before this moment, ms since 1970 (UTC). */
  endMs: number;
}

/** All that is known of one customer; each list is in time order, the functions draw it anew. */
export interface DemoAccount {
  customer: DemoCustomer;
  truth: DemoTruth;
  orders: DemoOrder[];
  events: () => DemoEvent[];
  consents: () => DemoConsent[];
  tags: () => DemoTag[];
}

export interface DemoBrand {
  startMs: number;
  endMs: number;
  /** The clock on which buying rates are constant. */
  clock: TimeScale;
  products: readonly DemoProduct[];
  /** One customer with everything, made from nothing but the seed, the end and the index. */
  account: (index: number) => DemoAccount;
  /** The customers `from` up to, but not including, `to`, one at a time; all unless said. */
  accounts: (from?: number, to?: number) => Generator<DemoAccount>;
}

/**
 * A consumer-goods shop with two years of history: customers who came, bought, sent back,
 * looked round, agreed and took back. Everything is drawn as it is asked for and nothing is
 * kept, so that any number of customers fits into memory.
 */
export function demoBrand({ seed, customers, endMs }: DemoBrandOptions): DemoBrand {
  if (customers > maxCustomers) throw new RangeError(`at most ${maxCustomers} customers`);
  const world = worldOf(seed, endMs);
  const account = (index: number): DemoAccount => {
    const person = personOf(world, index);
    const { truth, momentsMs } = buyingOf(world, person);
    const orders = ordersOf(world, person, momentsMs);
    return {
      customer: person.customer,
      truth,
      orders,
      events: () => eventsOf(world, person, orders, truth),
      consents: () => consentsOf(world, person),
      tags: () => tagsOf(world, person, orders),
    };
  };
  function* accounts(from = 0, to = customers): Generator<DemoAccount> {
    for (let index = from; index < to; index++) yield account(index);
  }
  return {
    startMs: world.startMs,
    endMs,
    clock: world.trade,
    products: shelves.flatMap((shelf) => shelf.products.map(({ record }) => record)),
    account,
    accounts,
  };
}
