import { z } from 'zod';
import { eventLimits } from './limits.ts';

/** The calls of Segment's tracking specification (segment.com/docs/connections/spec). */
export const callTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type CallType = (typeof callTypes)[number];

const id = z.union([z.string().min(1).max(eventLimits.nameCharacters), z.number()]);
const someId = id.nullish().or(z.literal(''));
const bag = z.record(z.string(), z.unknown()).nullish();

/**
 * One call as the tracking API takes it. This describes the shape; `checkEvent` is the same in code that is quick
 * enough for every event, and a test keeps the two together.
 */
export const trackingCall = z.object({
  type: z.enum(callTypes),
  messageId: someId,
  userId: someId,
  anonymousId: someId,
  previousId: someId,
  groupId: someId,
  event: z.string().max(eventLimits.nameCharacters).nullish(),
  name: z.string().max(eventLimits.nameCharacters).nullish(),
  timestamp: z.string().nullish(),
  properties: bag,
  traits: bag,
  context: bag,
})
  .refine((call) => hasText(call.userId) || hasText(call.anonymousId))
  .refine((call) => call.type !== 'track' || hasText(call.event))
  .refine((call) => call.type !== 'alias' || hasText(call.previousId))
  .refine((call) => call.type !== 'group' || hasText(call.groupId));

const hasText = (value: unknown): boolean => typeof value === 'number' || (typeof value === 'string' && value !== '');

/** A call that has passed `checkEvent`. */
export type TrackingCall = z.output<typeof trackingCall>;

/** A JSON object as it came. */
export type Bag = Record<string, unknown>;
