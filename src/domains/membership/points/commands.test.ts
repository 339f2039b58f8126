import { describe, expect, it } from 'vitest';
import { staff } from '../../../../test/harness.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { hashOf } from '../ledger/command.ts';
import { adjustment, committing, holding, releasing, returning, spending } from './commands.ts';

const now = new Date('2026-06-18T04:00:00Z');
const later = new Date('2026-06-18T04:00:07Z');
const anna = staff('membership.adjust');
const shop = (id: number): Actor => ({ ...staff('membership.checkout'), kind: 'token', id, name: `shop ${id}` });

describe('what is sent about points', () => {
  const checkout = { key: 'cart 7', customerNo: 3, amount: 50, document: 'O-7' };

  it('belongs to its sender: two shops may use the same key', () => {
    const keys = [shop(1), shop(2), anna].map((actor) => spending(actor, checkout, now).key);
    expect(new Set(keys).size).toBe(3);
    expect(holding(shop(1), { ...checkout, seconds: 60 }, now).key).toBe(keys[0]);
  });

  it('refers to what the same sender had sent', () => {
    const hold = holding(shop(1), { ...checkout, seconds: 60 }, now);
    const commit = committing(shop(1), { key: 'paid 7', customerNo: 3, holdKey: 'cart 7', document: 'O-7' }, now);
    const release = releasing(shop(1), { key: 'left 7', customerNo: 3, holdKey: 'cart 7' }, now);
    const back = returning(shop(1), { key: 'back 7', customerNo: 3, of: 'paid 7', amount: 5, document: 'R-7' }, now);
    expect(commit).toMatchObject({ kind: 'commit', holdKey: hold.key });
    expect(commit).not.toHaveProperty('amount');
    expect(release).toMatchObject({ kind: 'release', holdKey: hold.key });
    expect(back).toMatchObject({ kind: 'give_back', of: commit.key, amount: 5 });
    expect(committing(shop(2), { key: 'paid 7', customerNo: 3, holdKey: 'cart 7', amount: 1, document: '' }, now)).toMatchObject({ holdKey: expect.not.stringContaining(hold.key), amount: 1 });
  });

  it('is the same command when it comes again later', () => {
    for (const make of [
      (at: Date) => spending(shop(1), checkout, at),
      (at: Date) => holding(shop(1), { ...checkout, seconds: 60 }, at),
      (at: Date) => committing(shop(1), { key: 'a', customerNo: 3, holdKey: 'b', document: '' }, at),
      (at: Date) => returning(shop(1), { key: 'a', customerNo: 3, of: 'b', amount: 1, document: '' }, at),
      (at: Date) => adjustment(anna, { key: 'a', customerNo: 3, amount: 10, reason: 'x' }, at),
      (at: Date) => adjustment(anna, { key: 'a', customerNo: 3, amount: -10, reason: 'x' }, at),
    ]) expect(hashOf(make(now)).equals(hashOf(make(later)))).toBe(true);
    expect(hashOf(adjustment(anna, { key: 'a', customerNo: 3, amount: 10, reason: 'x' }, now)).equals(hashOf(adjustment(anna, { key: 'a', customerNo: 3, amount: 10, reason: 'y' }, now)))).toBe(false);
  });

  it('says who did it and why, and by hand is written to the audit log', () => {
    const given = adjustment(anna, { key: 'a', customerNo: 3, amount: 10, reason: '补偿', expiresAt: '2026-07-01T00:00:00+08:00' }, now);
    expect(given).toMatchObject({
      kind: 'earn', amount: 10, availableAt: now.getTime(), expiresAt: Date.parse('2026-06-30T16:00:00Z'), derivation: { by: 'test staff', reason: '补偿' },
      audit: { action: 'membership.adjust', subject: 'customer:3', details: { amount: 10, reason: '补偿' } },
    });
    expect(adjustment(anna, { key: 'a', customerNo: 3, amount: -10, reason: '误发' }, now)).toMatchObject({ kind: 'spend', amount: 10, derivation: { reason: '误发' } });
    expect(adjustment(anna, { key: 'a', customerNo: 3, amount: 1, reason: 'x' }, now)).toMatchObject({ expiresAt: null });
    expect(spending(shop(1), checkout, now).audit).toBeUndefined();
    expect(holding(shop(1), { ...checkout, seconds: 90 }, now)).toMatchObject({ expiresAt: now.getTime() + 90_000, derivation: { by: 'shop 1', document: 'O-7' } });
  });
});
