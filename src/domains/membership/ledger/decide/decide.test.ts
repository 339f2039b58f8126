import { describe, expect, it } from 'vitest';
import { NaivePoints } from '../../../../../test/naive-points.ts';
import { Problem } from '../../../../kernel/problem.ts';
import { seededRandom } from '../../../../kernel/seeded-random.ts';
import type { Command } from '../command.ts';
import { balanceOf, type Entry, noChanges, type Person } from '../person.ts';
import { idleUntil } from '../idle.ts';
import { Book } from './book.ts';
import { decide, type Outcome } from './decide.ts';
import { settle } from './settle.ts';

const hourMs = 3_600_000;
const start = Date.parse('2026-03-01T00:00:00Z');

/** A person in memory alone. */
class Purse {
  readonly person: Person = { accounts: [1], oneSince: -Infinity, lots: new Map(), holds: new Map(), debts: new Map(), reversible: new Map() };
  readonly changes = noChanges();
  #no = 0;

  do(command: Command, now: number): Outcome {
    return decide(this.#book, command, now);
  }

  settle(now: number): void {
    settle(this.#book, now);
  }

  get #book(): Book {
    return new Book(this.person, this.changes, () => ++this.#no);
  }

  get sum(): number {
    return this.changes.entries.reduce((sum, { amount }) => sum + amount, 0);
  }
}

/** What a person holds, less what they owe. */
const worthOf = ({ lots, holds, debts }: Person): number =>
  [...lots.values()].reduce((sum, lot) => sum + lot.remaining, 0)
  + [...holds.values()].filter(({ state }) => state === 'open').flatMap(({ parts }) => parts).reduce((sum, part) => sum + part.amount, 0)
  - [...debts.values()].reduce((sum, debt) => sum + debt.remaining, 0);

describe('decisions about points', () => {
  it('are those of somebody who keeps every point by itself, hour by hour: 2,000 histories', () => {
    const random = seededRandom(21);
    const chance = (n: number): number => Math.floor(random() * n);
    let refused = 0;
    for (let history = 0; history < 2_000; history++) {
      let now = start;
      const [purse, naive, keys] = [new Purse(), new NaivePoints(now), [] as string[]];
      const some = (): string => (keys.length === 0 ? 'none' : keys[chance(keys.length)]);
      for (let step = 0; step < 12; step++) {
        const base = { key: `${history} ${step}`, customerNo: 1, occurredAt: now, derivation: {} };
        const amount = 1 + chance(12);
        const command = ([
          { ...base, kind: 'earn', amount, availableAt: now + chance(4) * 6 * hourMs, expiresAt: chance(5) === 0 ? null : now + (1 + chance(60)) * hourMs },
          { ...base, kind: 'earn', amount, availableAt: now, expiresAt: now + (1 + chance(60)) * hourMs },
          { ...base, kind: 'spend', amount },
          { ...base, kind: 'hold', amount, expiresAt: now + (1 + chance(30)) * hourMs },
          { ...base, kind: 'commit', holdKey: some(), ...(chance(2) === 0 ? { amount } : {}) },
          { ...base, kind: 'release', holdKey: some() },
          { ...base, kind: 'give_back', of: some(), amount, reinstatedUntil: now + 24 * hourMs },
          { ...base, kind: 'take_back', of: some(), amount, policy: (['only_pending', 'within_balance', 'debt'] as const)[chance(3)], debtLimit: chance(20) },
        ] as Command[])[chance(8)];
        const done = tried(() => purse.do(command, now));
        expect(done !== null, JSON.stringify({ history, step, command })).toBe(naive.do(command));
        // Takings back are not given back here: see the next.
        if (done && command.kind !== 'take_back') keys.push(command.key);
        else refused++;
        expect(balanceOf(purse.person, now), JSON.stringify({ history, step, command })).toEqual(naive.balance());
        expect(purse.sum).toBe(worthOf(purse.person));
        const later = now + chance(20) * hourMs;
        naive.advance(later, hourMs);
        now = later;
        if (chance(2) === 0) purse.settle(now);
      }
    }
    expect(refused).toBeGreaterThan(2_000);
  });

  it('take and give back with debts so that entries add up at every step: 2,000 histories', () => {
    const random = seededRandom(34);
    const chance = (n: number): number => Math.floor(random() * n);
    let owing = 0;
    for (let history = 0; history < 2_000; history++) {
      let now = start;
      const [purse, earned, taken] = [new Purse(), [] as string[], [] as string[]];
      for (let step = 0; step < 14; step++) {
        const base = { key: `${history} ${step}`, customerNo: 1, occurredAt: now, derivation: {}, amount: 1 + chance(30) };
        const kind = chance(6);
        const of = (keys: string[]): string => keys[chance(keys.length)] ?? 'none';
        const command = ([
          { ...base, kind: 'earn', availableAt: now + chance(3) * hourMs, expiresAt: now + (1 + chance(90)) * hourMs },
          { ...base, kind: 'earn', availableAt: now, expiresAt: null },
          { ...base, kind: 'spend' },
          { ...base, kind: 'take_back', of: of(earned), policy: (['only_pending', 'within_balance', 'debt'] as const)[chance(3)], debtLimit: chance(50) },
          { ...base, kind: 'take_back', of: of(earned), policy: 'debt', debtLimit: 1_000 },
          { ...base, kind: 'give_back', of: of(taken), reinstatedUntil: now + 24 * hourMs },
        ] as Command[])[kind];
        const done = tried(() => purse.do(command, now));
        if (done) (kind < 2 ? earned : taken).push(command.key);
        expect(purse.sum, `${history} ${step}`).toBe(worthOf(purse.person));
        const balance = balanceOf(purse.person, now);
        if (balance.debt > 0) owing++;
        // Whoever owes has nothing to spend.
        expect(Math.min(balance.available, balance.debt), `${history} ${step}`).toBe(0);
        for (const { remaining, amount } of [...purse.person.lots.values(), ...purse.person.debts.values()]) expect(remaining >= 0 && remaining <= amount).toBe(true);
        now += chance(30) * hourMs;
      }
      for (const { entry, reversed } of purse.person.reversible.values()) expect(reversed).toBeLessThanOrEqual(Math.abs(entry.amount));
    }
    expect(owing).toBeGreaterThan(1_000);
  });

  it('say of every entry which lots it took from', () => {
    const purse = new Purse();
    const base = { customerNo: 1, occurredAt: start, derivation: {} };
    purse.do({ ...base, kind: 'earn', key: 'a', amount: 10, availableAt: start, expiresAt: start + hourMs }, start);
    purse.do({ ...base, kind: 'earn', key: 'b', amount: 10, availableAt: start, expiresAt: null }, start);
    purse.do({ ...base, kind: 'spend', key: 'c', amount: 12 }, start);
    purse.do({ ...base, kind: 'take_back', key: 'd', of: 'b', amount: 10, policy: 'debt', debtLimit: 100 }, start);
    const took = ({ entryNo }: Entry): number => purse.changes.allocations.filter((each) => each.entryNo === entryNo).reduce((sum, { amount }) => sum + amount, 0);
    expect(purse.changes.entries.map((entry) => [entry.kind, entry.amount, took(entry)])).toEqual([
      ['earn', 10, 10], ['earn', 10, 10], ['spend', -12, 12], ['take_back', -8, 8], ['take_back', -2, 0],
    ]);
    expect(balanceOf(purse.person, start)).toEqual({ available: 0, pending: 0, held: 0, debt: 2 });
    // The debt is repaid out of the next earning, and that says so.
    purse.do({ ...base, kind: 'earn', key: 'e', amount: 5, availableAt: start, expiresAt: null }, start);
    expect(purse.changes.entries.filter(({ commandKey }) => commandKey === 'd').map(took)).toEqual([8, 2]);
    expect(balanceOf(purse.person, start)).toEqual({ available: 3, pending: 0, held: 0, debt: 0 });
  });

  it('that are let go after they ended are gone at once, and pay nothing that was owed since', () => {
    const purse = new Purse();
    const base = { customerNo: 1, occurredAt: start, derivation: {} };
    const [ended, later] = [start + hourMs, start + 2 * hourMs];
    purse.do({ ...base, kind: 'earn', key: 'a', amount: 30, availableAt: start, expiresAt: ended }, start);
    for (const key of ['let go', 'spent in part']) purse.do({ ...base, kind: 'hold', key, amount: 10, expiresAt: later + hourMs }, start);
    purse.do({ ...base, kind: 'spend', key: 'all there is', amount: 10 }, start);
    purse.do({ ...base, kind: 'earn', key: 'b', amount: 8, availableAt: later, expiresAt: null }, later);
    purse.do({ ...base, kind: 'spend', key: 'c', amount: 8 }, later);
    purse.do({ ...base, kind: 'take_back', key: 'd', of: 'b', amount: 5, policy: 'debt', debtLimit: 100 }, later);
    purse.do({ ...base, kind: 'release', key: 'e', holdKey: 'let go' }, later);
    purse.do({ ...base, kind: 'commit', key: 'f', holdKey: 'spent in part', amount: 4 }, later);
    expect(balanceOf(purse.person, later)).toEqual({ available: 0, pending: 0, held: 0, debt: 5 });
    expect(purse.changes.entries.filter(({ kind }) => kind === 'expire').map(({ amount, occurredAt }) => [amount, occurredAt])).toEqual([[-10, ended], [-6, ended]]);
    expect(purse.sum).toBe(worthOf(purse.person));
  });

  it.each([
    ['a spending of an earning', { kind: 'give_back', of: 'a', amount: 1, reinstatedUntil: 0 }, 'membership.nothing_to_reverse'],
    ['an earning of a spending', { kind: 'take_back', of: 'c', amount: 1, policy: 'debt', debtLimit: 1 }, 'membership.nothing_to_reverse'],
    ['more than there was', { kind: 'take_back', of: 'a', amount: 11, policy: 'debt', debtLimit: 99 }, 'membership.reverses_too_much'],
    ['a hold that is none', { kind: 'release', holdKey: 'a' }, 'membership.hold_not_found'],
  ])('refuse to make %s, and change nothing', (_, command, code) => {
    const purse = new Purse();
    const base = { customerNo: 1, occurredAt: start, derivation: {} };
    purse.do({ ...base, kind: 'earn', key: 'a', amount: 10, availableAt: start, expiresAt: null }, start);
    purse.do({ ...base, kind: 'spend', key: 'c', amount: 5 }, start);
    const before = structuredClone({ person: purse.person, entries: purse.changes.entries });
    expect(() => purse.do({ ...base, key: 'x', ...command } as Command, start)).toThrow(code);
    expect({ person: purse.person, entries: purse.changes.entries }).toEqual(before);
  });
});

function tried(work: () => Outcome): Outcome | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

describe('points that end when nothing happens', () => {
  const idle = { months: 2, timeZone: 'UTC' };
  const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);
  const base = (at: number) => ({ customerNo: 1, occurredAt: at, derivation: {} });

  it('are good for longer with whatever is earned or spent, of all that go by the rule, and end at the last moment without a job', () => {
    const purse = new Purse();
    const earn = (key: string, at: number, more: object = { idle }, now = at) => purse.do({ ...base(at), kind: 'earn', key, amount: 10, availableAt: at, expiresAt: idleUntil(idle, at), ...more }, now);
    earn('a', day('2026-01-10'));
    earn('fixed', day('2026-01-10'), {});
    expect([...purse.person.lots.values()].map(({ expiresAt }) => expiresAt)).toEqual([day('2026-03-11'), day('2026-03-11')]);
    earn('b', day('2026-02-20'));
    expect([...purse.person.lots.values()].map(({ expiresAt }) => expiresAt)).toEqual([day('2026-04-21'), day('2026-03-11'), day('2026-04-21')]);
    expect(balanceOf(purse.person, day('2026-03-11')).available).toBe(20);
    purse.do({ ...base(day('2026-04-20')), kind: 'spend', key: 'c', amount: 1 }, day('2026-04-20'));
    expect([balanceOf(purse.person, day('2026-06-20')).available, balanceOf(purse.person, day('2026-06-21')).available]).toEqual([19, 0]);
    // What comes too late brings nothing back, nor does what happened before.
    earn('late', day('2026-07-01'));
    earn('early', day('2026-04-01'), { idle }, day('2026-07-01'));
    expect(balanceOf(purse.person, day('2026-07-01')).available).toBe(10);
    expect(purse.sum).toBe(worthOf(purse.person));
  });
});
