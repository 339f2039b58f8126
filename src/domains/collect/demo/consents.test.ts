import { describe, expect, it } from 'vitest';
import { demoBrand } from './brand.ts';
import { questions } from './consents.ts';

const brand = demoBrand({ seed: 3, customers: 6_000, endMs: Date.UTC(2026, 10, 23, 7) });
const accounts = [...brand.accounts()].map((account) => ({
  ...account,
  said: account.consents(),
  tagged: account.tags(),
}));

/** The identifier without which nobody can be asked about a channel. */
const needed = { sms: 'phone', phone: 'phone', email: 'email', wechat: 'unionid', push: 'device' };

describe('consents', () => {
  it('are given first, taken back after, from the sign-up to the end, each with evidence', () => {
    for (const { customer, said } of accounts) {
      const state = new Map<string, string>();
      const wrong = said.filter(({ channel, purpose, status, occurredAtMs, evidence }) => {
        const key = `${channel}:${purpose}`;
        const before = state.get(key) ?? 'withdrawn';
        state.set(key, status);
        const inTime = occurredAtMs >= customer.registeredAtMs && occurredAtMs < brand.endMs;
        const evident = evidence.source !== '' && /^隐私政策 v[123]\.0$/.test(evidence.wording);
        return before === status || !inTime || !evident;
      });
      expect(wrong).toEqual([]);
    }
  });

  it('are asked only where the customer can be reached', () => {
    const wrong = accounts.filter(({ customer, said }) => {
      const kinds = new Set<string>(customer.identifiers.map(({ kind }) => kind));
      return said.some(({ channel }) => !kinds.has(needed[channel]));
    });
    expect(wrong).toEqual([]);
  });

  it.each(questions)('are given for $channel $purpose at the stated share', (question) => {
    const { channel, purpose, granted } = question;
    const asked = accounts.filter(({ customer }) =>
      customer.identifiers.some(({ kind }) => kind === needed[channel]),
    );
    const yes = asked.filter(({ said }) =>
      said.some((consent) => consent.channel === channel && consent.purpose === purpose),
    );
    expect(Math.abs(yes.length / asked.length - granted)).toBeLessThan(0.03);
  });

  it('are taken back and given again by some', () => {
    const all = accounts.flatMap(({ said }) => said);
    const again = all.filter(({ evidence }) => evidence.source === '会员中心设置');
    expect(all.some(({ status }) => status === 'withdrawn')).toBe(true);
    expect(again.length).toBeGreaterThan(0);
    expect(again.every(({ status }) => status === 'granted')).toBe(true);
  });
});

describe('tags', () => {
  it('are put on a few customers, after the sign-up and before the end', () => {
    const share = accounts.filter(({ tagged }) => tagged.length > 0).length / accounts.length;
    expect(share).toBeGreaterThan(0.05);
    expect(share).toBeLessThan(0.2);
    for (const { customer, tagged } of accounts) {
      for (const { taggedAtMs } of tagged) {
        expect(taggedAtMs).toBeGreaterThanOrEqual(customer.registeredAtMs);
        expect(taggedAtMs).toBeLessThan(brand.endMs);
      }
    }
  });

  it('call only those of great value who bought for 3,000 yuan and more', () => {
    for (const { orders, tagged } of accounts) {
      const spent = orders.reduce((sum, { total }) => sum + total, 0n);
      if (tagged.some(({ name }) => name === '高价值客户')) {
        expect(spent).toBeGreaterThanOrEqual(3_000n * 10_000n);
      }
    }
  });
});
