import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DemoAccount, type DemoBrandOptions, demoBrand } from './brand.ts';

const options: DemoBrandOptions = { seed: 1, customers: 300, endMs: Date.UTC(2026, 10, 23, 7) };

const everything = ({ events, consents, tags, ...rest }: DemoAccount) =>
  JSON.stringify([rest, events(), consents(), tags()], (_, value) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );

function fingerprint(chosen: DemoBrandOptions): string {
  const hash = createHash('sha256');
  for (const account of demoBrand(chosen).accounts()) hash.update(everything(account));
  return hash.digest('hex');
}

describe('demoBrand', () => {
  it('is the same for the same options, and another for another seed or end', () => {
    const one = fingerprint(options);
    expect(fingerprint(options)).toBe(one);
    expect(fingerprint({ ...options, seed: 2 })).not.toBe(one);
    expect(fingerprint({ ...options, endMs: options.endMs - 86_400_000 })).not.toBe(one);
  });

  it('gives a customer who does not depend on how many there are or on who was asked first', () => {
    const small = demoBrand(options);
    const large = demoBrand({ ...options, customers: 10_000_000 });
    fc.assert(
      fc.property(fc.nat(299), (index) => {
        expect(everything(large.account(index))).toBe(everything(small.account(index)));
      }),
      { numRuns: 50 },
    );
    const slice = [...large.accounts(120, 123)].map(everything);
    expect(slice).toEqual([120, 121, 122].map((index) => everything(small.account(index))));
  });

  it('reaches the last of ten million customers at once', () => {
    const { customer } = demoBrand({ ...options, customers: 10_000_000 }).account(9_999_999);
    expect(customer.externalId).toBe('CQ09999999');
  });

  it('refuses more customers than it has phones for', () => {
    expect(() => demoBrand({ ...options, customers: 100_000_001 })).toThrow(RangeError);
  });

  it('works for any end, and holds all moments before it', () => {
    const end = fc.integer({ min: Date.UTC(2019, 0, 1), max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(end, fc.nat(), (endMs, seed) => {
        const brand = demoBrand({ seed, customers: 20, endMs });
        expect(brand.endMs - brand.startMs).toBe(730 * 86_400_000);
        for (const account of brand.accounts()) {
          const moments = [
            account.customer.firstSeenAtMs,
            ...account.orders.map(({ occurredAtMs }) => occurredAtMs),
            ...account.orders.flatMap(({ refunds }) => refunds.map((r) => r.occurredAtMs)),
            ...account.events().map(({ occurredAtMs }) => occurredAtMs),
            ...account.consents().map(({ occurredAtMs }) => occurredAtMs),
            ...account.tags().map(({ taggedAtMs }) => taggedAtMs),
          ];
          expect(Math.min(...moments)).toBe(account.customer.firstSeenAtMs);
          expect(Math.max(...moments)).toBeLessThan(endMs);
        }
      }),
      { numRuns: 12 },
    );
  });
});
