import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { rfmLimits, rfmSegments } from '../../audiences/contract.ts';

const people = z.number().int();
/** Money less refunds, exact. */
const amount = z.string();
const score = z.number().int().min(1).max(5);
const group = { people, amount };

/** Who is not yet a buyer at the end of a month has no segment. */
export const rfmPlaces = [...rfmSegments, 'not_yet'] as const;
export type RfmPlace = (typeof rfmPlaces)[number];

/** Buyers of one score, cell or segment of recency, frequency and value. */
export const ofRfm = z.object({
  kind: z.literal('rfm'),
  segment: z.enum(rfmSegments).optional(),
  recency: score.optional(),
  frequency: score.optional(),
  value: score.optional(),
  /** Frequency and value as one score. */
  worth: score.optional(),
});

/** Who was in one segment at the end of a month, and is in another at the end of a later one. */
export const ofRfmMove = z.object({ kind: z.literal('rfm_move'), from: daySchema, to: daySchema, was: z.enum(rfmPlaces), is: z.enum(rfmPlaces) });

const shownLimits = z.object({ version: z.number().int(), limits: rfmLimits, setBy: z.string(), setAt: z.iso.datetime() });

export const readRfmBoard = endpoint({
  method: 'GET',
  path: '/api/insights/rfm',
  summary: 'Every buyer by recency, frequency and value: segments, the cells they are cut out of, and each score, in people and in money',
  access: 'insights.read',
  reply: z.object({
    /** Null until everybody has been scored. */
    board: z.object({
      asOf: z.iso.datetime(),
      buyers: people,
      customers: people,
      amount,
      segments: z.array(z.object({ segment: z.enum(rfmSegments), ...group })),
      cells: z.array(z.object({ recency: score, worth: score, segment: z.enum(rfmSegments), ...group })),
      scores: z.object({ recency: z.array(z.object({ score, ...group })), frequency: z.array(z.object({ score, ...group })), value: z.array(z.object({ score, ...group })) }),
      /** The highest value of each group but the last: days since the last order, orders, money. */
      cuts: z.object({ recency: z.array(z.number().int()), frequency: z.array(z.number().int()), value: z.array(amount) }),
      limitsVersion: z.number().int(),
      linesInOtherCurrency: z.number().int(),
    }).nullable(),
    limits: z.object({ version: z.number().int(), limits: rfmLimits }),
  }),
});

export const readRfmMonths = endpoint({
  method: 'GET',
  path: '/api/insights/rfm/months',
  summary: 'How many buyers each segment had at the ends of the last months, reckoned from the facts of then',
  access: 'insights.read',
  reply: z.object({
    /** The oldest first; null until they have been reckoned. */
    months: z.array(z.object({ day: daySchema, segments: z.array(z.object({ segment: z.enum(rfmSegments), people })) })).nullable(),
    asOf: z.iso.datetime().nullable(),
  }),
});

export const readRfmMoves = endpoint({
  method: 'GET',
  path: '/api/insights/rfm/moves',
  summary: 'How many buyers went from which segment to which between the ends of two months',
  access: 'insights.read',
  query: z.object({ from: daySchema, to: daySchema }),
  reply: z.object({ moves: z.array(z.object({ was: z.enum(rfmPlaces), is: z.enum(rfmPlaces), people })), asOf: z.iso.datetime() }),
});

export const readRfmLimits = endpoint({
  method: 'GET',
  path: '/api/insights/rfm/limits',
  summary: 'The brand\'s own limits between scores, and how they stood before',
  access: 'insights.read',
  reply: z.object({ limits: rfmLimits, history: z.array(shownLimits) }),
});

export const changeRfmLimits = endpoint({
  method: 'PUT',
  path: '/api/insights/rfm/limits',
  summary: 'Set the brand\'s own limits between scores; everybody is scored anew',
  access: 'insights.train',
  body: rfmLimits,
  reply: z.object({ version: z.number().int() }),
});
