import type { Wanted } from '../src/domains/membership/mall/orders/exchange.ts';

const people = 40;

/** What an exchanger asks for as its n-th: one of three items by turns. The same whenever it is sent. */
export const exchangeWanted = (run: string, n: number): Wanted => ({ key: `${run} ${n}`, customerNo: 1 + (n % people), itemNo: 1 + (n % 3) });
