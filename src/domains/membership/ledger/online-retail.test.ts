import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { hasOnlineRetail, readOnlineRetail } from '../../../../test/online-retail.ts';
import type { Command } from './command.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { readPerson } from './store/load.ts';
import { balanceOf } from './person.ts';
import { proveLedger } from './store/proof.ts';

const present = hasOnlineRetail('points of a real year are not reckoned');

const dayMs = 86_400_000;
/** Points are good for so long, so that within the year of the file many end. */
const goodForMs = 120 * dayMs;
const people = 1_000;

interface Invoice {
  customerNo: number;
  invoice: string;
  atMs: number;
  /** Whole pounds, of a cancellation below zero. */
  pounds: number;
}

/** The invoices of the first customers, in the order they were written. */
function readInvoices(): Invoice[] {
  const found = new Map<string, Invoice & { sum: number }>();
  for (const { invoice, customerNo, quantity, price, atMs } of readOnlineRetail()) {
    const known = found.get(invoice) ?? { customerNo, invoice, atMs, pounds: 0, sum: 0 };
    known.sum += quantity * price;
    found.set(invoice, { ...known, pounds: Math.trunc(known.sum) });
  }
  const chosen = new Set([...new Set([...found.values()].map(({ customerNo }) => customerNo))].sort((a, b) => a - b).slice(0, people));
  return [...found.values()].filter(({ customerNo, pounds }) => chosen.has(customerNo) && pounds !== 0).sort((a, b) => a.atMs - b.atMs);
}

/** A lot as a list of a few numbers keeps it. */
interface PlainLot {
  invoice: string;
  left: number;
  endsMs: number;
}

/** One point a pound, taken back of the last invoice as far as it goes: reckoned with a list a customer and no ledger. */
function reckonPlainly(invoices: readonly Invoice[], endMs: number): Map<number, number> {
  const lots = new Map<number, PlainLot[]>();
  for (const { customerNo, invoice, atMs, pounds } of invoices) {
    const own = (lots.get(customerNo) ?? []).filter(({ endsMs }) => endsMs > atMs);
    lots.set(customerNo, own);
    if (pounds > 0) own.push({ invoice, left: pounds, endsMs: atMs + goodForMs });
    else takePlainly(own, -pounds);
  }
  return new Map([...lots].map(([customerNo, own]) => [customerNo, own.filter(({ endsMs }) => endsMs > endMs).reduce((sum, { left }) => sum + left, 0)]));
}

function takePlainly(own: PlainLot[], pounds: number): void {
  const last = own.at(-1);
  if (!last) return;
  let wanted = Math.min(pounds, last.left);
  for (const lot of [last, ...own]) {
    const some = Math.min(wanted, lot.left);
    lot.left -= some;
    wanted -= some;
  }
}

describe.skipIf(!present)('points of a real year', () => {
  let test: TestPlatform;
  let ledger: Ledger;
  let now = 0;
  beforeAll(async () => {
    test = await createTestPlatform();
    ledger = createLedger({ pg: test.platform.pg, clock: { now: () => new Date(now) } }, async (_, numbers) => new Map(numbers.map((no) => [no, [no]])));
  });
  afterAll(() => test.close());

  it('come to what a second reckoning says, whoever cancelled and whatever ended', async () => {
    const invoices = readInvoices();
    /** The lot a cancellation is taken from, and what is left of it: the caller's matter, as the ledger knows of no orders. */
    const last = new Map<number, { key: string; left: number; endsMs: number }>();
    const commands = invoices.flatMap(({ customerNo, invoice, atMs, pounds }): Command[] => {
      const base = { key: invoice, customerNo, occurredAt: atMs, derivation: { invoice } };
      if (pounds > 0) {
        last.set(customerNo, { key: invoice, left: pounds, endsMs: atMs + goodForMs });
        return [{ ...base, kind: 'earn', amount: pounds, availableAt: atMs, expiresAt: atMs + goodForMs }];
      }
      const of = last.get(customerNo);
      const amount = Math.min(-pounds, of?.left ?? 0);
      if (!of || amount === 0 || of.endsMs <= atMs) return [];
      of.left -= amount;
      return [{ ...base, kind: 'take_back', of: of.key, amount, policy: 'within_balance', debtLimit: 0 }];
    });
    // A week at a time: within it nobody's order is mixed up, as commands are carried out in the order they come.
    for (const week of Map.groupBy(commands, ({ occurredAt }) => Math.floor(occurredAt / (7 * dayMs))).values()) {
      for (const { at, some } of [...Map.groupBy(week, ({ occurredAt }) => Math.floor(occurredAt / dayMs))].map(([day, ofDay]) => ({ at: (day + 1) * dayMs - 1, some: ofDay }))) {
        now = at;
        await Promise.all(some.map((command) => ledger.execute(command)));
      }
      while ((await ledger.settleDue()) > 0);
    }
    now = Math.max(...invoices.map(({ atMs }) => atMs)) + dayMs;
    const expected = reckonPlainly(invoices, now);
    const found = new Map(await Promise.all([...expected.keys()].map(async (no) => [no, balanceOf(await readPerson(test.platform.pg, [no]), now).available] as const)));
    expect([...found].filter(([no, points]) => points !== expected.get(no))).toEqual([]);
    expect(await proveLedger(test.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
    const { rows } = await test.platform.pg.query<{ kind: string; entries: number }>("select kind, count(*) as entries from points_entry group by 1 order by 1");
    expect(rows.map(({ kind }) => kind)).toEqual(['earn', 'expire', 'take_back']);
    expect(Math.min(...rows.map(({ entries }) => entries))).toBeGreaterThan(300);
  });
});
