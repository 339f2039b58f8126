import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Agreed, excessOf, restOf, returnOf } from './returns.ts';

const order: Agreed = {
  lines: [
    { key: 'a', quantity: 3n, pay: 1_000n, points: 10 },
    { key: 'b', quantity: 1n, pay: 0n, points: 0 },
  ],
  extras: { pay: 800n, points: 2 },
};

describe('what a return gives back', () => {
  it('is a share rounded down, and all of it with the last', () => {
    const one = new Map([['a', 1n]]);
    expect(returnOf(order, new Map(), one)).toEqual({ money: 333n, points: 3 });
    expect(returnOf(order, one, one)).toEqual({ money: 333n, points: 3 });
    expect(returnOf(order, new Map([['a', 2n]]), restOf(order, new Map([['a', 2n]])))).toEqual({
      money: 334n + 800n,
      points: 4 + 2,
    });
  });

  it('is refused for more than was bought', () => {
    expect(excessOf(order, new Map([['a', 2n]]), new Map([['a', 2n]]))).toBe('a');
    expect(excessOf(order, new Map(), new Map([['z', 1n]]))).toBe('z');
    expect(
      excessOf(
        order,
        new Map([['a', 2n]]),
        new Map([
          ['a', 1n],
          ['b', 1n],
        ]),
      ),
    ).toBeUndefined();
  });

  it('comes to exactly what was paid when everything is back, in however many returns', () => {
    const anyOrder = fc.record({
      lines: fc.uniqueArray(
        fc.record({
          key: fc.constantFrom('a', 'b', 'c'),
          quantity: fc.bigInt({ min: 1n, max: 50n }),
          pay: fc.bigInt({ min: 0n, max: 99_999n }),
          points: fc.nat(999),
        }),
        { selector: ({ key }) => key, minLength: 1 },
      ),
      extras: fc.record({ pay: fc.bigInt({ min: 0n, max: 999n }), points: fc.nat(99) }),
    });
    fc.assert(
      fc.property(
        anyOrder,
        fc.array(
          fc.record({
            key: fc.constantFrom('a', 'b', 'c'),
            quantity: fc.bigInt({ min: 1n, max: 20n }),
          }),
          { maxLength: 20 },
        ),
        (agreed, steps) => {
          const before = new Map<string, bigint>();
          const total = { money: 0n, points: 0 };
          const giveBack = (now: ReadonlyMap<string, bigint>): void => {
            const { money, points } = returnOf(agreed, before, now);
            expect(money >= 0n && points >= 0).toBe(true);
            total.money += money;
            total.points += points;
            for (const [key, quantity] of now) before.set(key, (before.get(key) ?? 0n) + quantity);
          };
          for (const { key, quantity } of steps)
            if (excessOf(agreed, before, new Map([[key, quantity]])) === undefined)
              giveBack(new Map([[key, quantity]]));
          const rest = restOf(agreed, before);
          if (rest.size > 0) giveBack(rest);
          const paid = [...agreed.lines, agreed.extras];
          expect(total).toEqual({
            money: paid.reduce((sum, { pay }) => sum + pay, 0n),
            points: paid.reduce((sum, { points }) => sum + points, 0),
          });
        },
      ),
    );
  });
});
