import type { NewCustomer } from '../../customers/public.ts';
import type { DemoBrand } from '../demo/brand.ts';
import { type Frame, makeFrame } from '../facts/frame.ts';
import { demoFacts } from './facts.ts';
import { personOf } from './people.ts';

/** Which customers are to be made, and under which numbers. */
export interface PortionQuestion {
  from: number;
  /** The first customer after the portion. */
  to: number;
  batchNo: number;
  firstNo: number;
}

/** Customers as the vault takes them, and all their facts as one batch of the log. */
export interface MadePortion {
  people: NewCustomer[];
  frames: Frame[];
}

export async function makePortion(brand: DemoBrand, { from, to, batchNo, firstNo }: PortionQuestion): Promise<MadePortion> {
  const { orderLines, events, add } = demoFacts(batchNo);
  const people: NewCustomer[] = [];
  for (const account of brand.accounts(from, to)) {
    const customerNo = firstNo + account.customer.index - from;
    people.push(personOf(account, customerNo));
    add(account, customerNo);
  }
  const frames = await Promise.all([orderLines, events].filter((rows) => rows.rowCount > 0).map((rows) => makeFrame(batchNo, 0, rows)));
  return { people, frames };
}
