import type { OpenAccount } from '../src/domains/messaging/channels/accounts/store.ts';
import type { ReceiptCall } from '../src/domains/messaging/channels/receipts/heard.ts';

/** When providers tell, in tests of what they tell. */
const now = new Date('2026-06-18T04:00:00Z');

/** A request of a provider, as it would come to an account with these secrets. */
export const call = (
  more: Partial<ReceiptCall> & { secrets?: Record<string, string> },
): ReceiptCall => ({
  method: 'POST',
  query: {},
  headers: {},
  body: Buffer.alloc(0),
  address: 'crm.shop.test/receipts/1/x',
  now,
  fetch: async () => '',
  isMarked: () => false,
  account: {
    secrets: more.secrets ?? {},
    settings: {},
  } as unknown as OpenAccount,
  ...more,
});
