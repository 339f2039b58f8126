import { z } from 'zod';
import { decimalText, names } from '../../contract/programme.ts';

const count = z.number().int();
const signed = z.string();

/** What is stored with points that an order earned. */
export const earnedBy = z.object({
  reason: z.literal('order'),
  order: z.string(),
  versionNo: count,
  goods: signed,
  changes: z.partialRecord(z.enum(['tax', 'freight', 'couponPaid', 'pointsPaid', 'giftCardPaid']), signed),
  base: signed,
  rate: z.object({ amount: count, per: decimalText }),
  factors: z.array(z.object({ keys: z.array(z.string()), of: signed, factor: signed })),
  exact: signed,
  rounding: z.enum(['down', 'half_up', 'up']),
  rounded: count,
  threshold: z.object({ from: signed, points: count }).nullable(),
  cap: z.object({ of: z.enum(['perOrder', 'perDay', 'perMonth']), limit: count, before: count }).nullable(),
  points: count,
  /** Activities that were on, by the keys of their factors. */
  activities: z.array(z.object({ key: z.string(), names })).optional(),
  /** What the order had come to before it changed. */
  before: count.optional(),
});
export type EarnedBy = z.output<typeof earnedBy>;

/** What is stored with points that a return, or a change of an order, took back. */
export const takenBackBy = z.object({
  reason: z.enum(['refund', 'changed']),
  order: z.string(),
  versionNo: count,
  goods: signed,
  returned: signed,
  isWhole: z.boolean(),
  earned: count,
  takenInAll: count,
  bonusInAll: count,
  policy: z.enum(['only_pending', 'within_balance', 'debt']).optional(),
});
export type TakenBackBy = z.output<typeof takenBackBy>;
