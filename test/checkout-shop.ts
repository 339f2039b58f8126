import { expect } from 'vitest';
import {
  adjustPoints,
  holdOrder,
  quoteCart,
  readPoints,
} from '../src/domains/membership/contract.ts';
import type { Multiplier } from '../src/domains/membership/contract/programme.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { createMembershipServer, type MembershipServer } from './membership-server.ts';
import { publishSample, sampleProgramme } from './sample-programme.ts';

/** When the shop's day begins: noon of a member day, in Shanghai. */
export const noon = new Date('2026-06-18T04:00:00Z');
export const afterNoon = (minutes: number): Date => new Date(noon.getTime() + minutes * 60_000);

const memberDay: Multiplier = {
  key: 'day',
  names: { en: 'Member day' },
  when: { kind: 'member_day', days: { by: 'month_day', monthDays: [18] } },
  factor: '2',
};

/** A shop with one gold member, known as U-1, and somebody who is none. */
export interface CheckoutShop extends MembershipServer {
  member: number;
  stranger: number;
  give(points: number): Promise<unknown>;
  balance(): Promise<{ available: number; pending: number; held: number; debt: number }>;
  /** A cart of the member: two of a tea at 50.00, one cup at 100.00. */
  cart(more?: object): never;
  quote(more?: object, locale?: string): Promise<ReturnType<typeof quoteCart.reply.parse>>;
  orderKey(): string;
  place(
    more: object,
    minutes?: number,
  ): Promise<{ key: string; quoteId: string; order: ReturnType<typeof holdOrder.reply.parse> }>;
}

export async function createCheckoutShop(): Promise<CheckoutShop> {
  const shop = await createMembershipServer(
    'membership.read membership.adjust membership.checkout membership.benefits',
  );
  const { pg } = shop.platform;
  await publishSample(
    pg,
    sampleProgramme({
      points: {
        multipliers: [memberDay],
        expiry: { kind: 'duration', months: 12, roundTo: 'day' },
        pendingDays: 7,
        reinstatementDays: 30,
      },
    }),
    '2026-01-01T00:00:00+08:00',
  );
  const claim = (value: string) => ({
    identifiers: [{ kind: 'external_id' as const, namespace: '', value }],
    at: new Date('2026-01-01'),
  });
  const [member, stranger] = await inTransaction(pg, (client) =>
    shop.customers.identities.resolve(client, [claim('U-1'), claim('U-2')]),
  );
  await pg.query(
    `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
      select $1, '2026-01-05', 'page', 'gold', '2026-01-05', '2026-01-05', min(version_no) from programme_version`,
    [member],
  );
  let made = 0;
  const cart = (more: object = {}) =>
    ({
      customer: { kind: 'external_id', value: 'U-1' },
      lines: [
        { line: 'a', productId: 'P1', category: 'tea', quantity: '2', listPrice: '50' },
        { line: 'b', productId: 'P2', quantity: '1', listPrice: '100' },
      ],
      ...more,
    }) as never;
  const quote: CheckoutShop['quote'] = async (more = {}, locale = 'en') => {
    const { status, body, text } = await shop.ask(quoteCart, { body: cart(more) }, { locale });
    expect(status, text).toBe(200);
    return body;
  };
  const orderKey = (): string => `O-${++made}`;
  return {
    ...shop,
    member,
    stranger,
    cart,
    quote,
    orderKey,
    give: (amount) =>
      shop.ask(adjustPoints, {
        params: { customerNo: member },
        body: { key: `give ${++made}`, amount, reason: 'test' },
      }),
    balance: async () =>
      (await shop.ask(readPoints, { params: { customerNo: member } })).body.balance,
    async place(more, minutes = 30) {
      const { quoteId } = await quote(more);
      const key = orderKey();
      const { status, body, text } = await shop.ask(holdOrder, {
        body: { orderKey: key, quoteId, minutes },
      });
      expect(status, text).toBe(200);
      return { key, quoteId, order: body };
    },
  };
}
