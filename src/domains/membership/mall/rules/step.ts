import type { MallDelivery, MallOrderState } from '../../contract/mall.ts';

/** What is done next about an order; each can be done again after it was cut short, and comes to the same. */
export type Step = 'take_points' | 'time_out' | 'spend_held' | 'give' | 'let_go' | 'give_back';

/** Null where an order waits for somebody, or has ended. */
export function nextStep({ state, expiresAt, delivery }: { state: MallOrderState; expiresAt: Date; delivery: MallDelivery }, now: Date): Step | null {
  switch (state) {
    case 'opened': return 'take_points';
    case 'reserved': return expiresAt <= now ? 'time_out' : null;
    case 'paying': return 'spend_held';
    case 'confirmed': return delivery.kind === 'shipment' ? null : 'give';
    case 'closing': return 'let_go';
    case 'reversing': return 'give_back';
    case 'fulfilled': case 'cancelled': case 'reversed': return null;
  }
}
