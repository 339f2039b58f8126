import type { ToldKind } from '../../part.ts';

/** What is kept with a delivery of what was told of it, a bit each: a number once given stays. */
export const toldBits = {
  delivered: 1, opened: 2, clicked: 4, bounced: 8, complained: 16, unsubscribed: 32, replied: 64, opened_by_machine: 128,
} as const satisfies Record<ToldKind | 'opened_by_machine', number>;
export type ToldBit = keyof typeof toldBits;
