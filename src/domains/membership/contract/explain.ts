import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { shownEntry } from './points.ts';

const count = z.number().int();
const customerNo = z.coerce.number().int().min(1).max(2_147_483_647);

/** Lines of points that have the same reason. */
const pointsReason = z.object({
  /** What they have in common, by name: `order`, `refund`, `spend`, … */
  reason: z.string(),
  /** The same in the language of the request. */
  label: z.string(),
  lines: count,
  amount: count,
});
export type PointsReason = z.output<typeof pointsReason>;

const pointsExplained = z.object({
  customerNo: count,
  /** All they have: to spend, pending and put aside, less what they owe. It is the sum of the reasons. */
  points: count,
  /** "1,240 points: 1,500 with 23 orders, less 200 spent and 60 taken back." */
  sentence: z.string(),
  reasons: z.array(pointsReason),
  computedAt: z.iso.datetime(),
});
export type PointsExplained = z.output<typeof pointsExplained>;

export const explainPoints = endpoint({
  method: 'GET', path: '/api/members/:customerNo/points/explanation', summary: 'Why a person has as many points as they have, by reason',
  access: 'membership.read', params: z.object({ customerNo }), reply: pointsExplained,
});

const step = z.object({ label: z.string(), value: z.string() });

const entryExplained = z.object({
  entry: shownEntry,
  /** How it came about, from what was stored with it: base, rate, multipliers, what came back. */
  steps: z.array(step),
  /** Lines it goes back to, or that go back to it. */
  related: z.array(shownEntry),
});
export type EntryExplained = z.output<typeof entryExplained>;

export const explainEntry = endpoint({
  method: 'GET', path: '/api/members/:customerNo/points/entries/:entryNo/explanation', summary: 'How one line of a person’s points came about, step by step',
  access: 'membership.read', params: z.object({ customerNo, entryNo: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }), reply: entryExplained,
});
