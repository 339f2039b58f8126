import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { interval, outcomeMetrics } from './results.ts';

const count = z.number().int();

/** How people whom programs may reach differ from those whom none reaches, a person. */
const effectLift = z.object({
  metric: z.enum(outcomeMetrics),
  /** Of those whom none reaches, a person. */
  base: z.number(),
  ...interval.shape,
});
export type EffectLift = z.output<typeof effectLift>;

const group = z.object({ people: count, buyers: count, orders: count, /** Sales less refunds, in the brand's money. */ revenue: z.string() });

/** A month, or all the time since people were drawn. */
const period = z.object({
  from: z.iso.datetime(), until: z.iso.datetime(),
  /** Whether it is over, so that its interval is looked at once; until then it stays right however often it is looked at, and is wider. */
  isOver: z.boolean(),
  reached: group, control: group,
  lifts: z.array(effectLift),
  computedAt: z.iso.datetime(),
});
export type EffectPeriod = z.output<typeof period>;

export const readUniversalEffect = endpoint({
  method: 'GET', path: '/api/universal-effect', summary: 'What all programs together bring a person, by month and since people were drawn, against those whom none reaches', access: 'campaigns.read',
  reply: z.object({
    sentence: z.string(), warnings: z.array(z.string()),
    /** People are held out, and what that shows is being worked out: for the first time, or anew after their share was changed. */
    isCounting: z.boolean(),
    /** Null before anybody was drawn, or anything was worked out. */
    effect: z.object({
      since: z.iso.datetime(), currency: z.string(), marginPercent: z.number().nullable(),
      sampleRatio: z.object({ p: z.number(), isMismatch: z.boolean() }).nullable(),
      /** When the control group was made larger or smaller, by its share of everybody, the oldest first: the whole counts from the last one on. */
      changes: z.array(z.object({ at: z.iso.datetime(), from: z.number(), to: z.number(), reason: z.string() })),
      whole: period,
      /** The oldest first. */
      months: z.array(period.extend({ month: z.string() })),
    }).nullable(),
  }),
});
export type UniversalEffect = NonNullable<z.output<(typeof readUniversalEffect)['reply']>['effect']>;
