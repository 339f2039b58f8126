import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { names } from './programme.ts';

const count = z.number().int();
const overview = z.object({
  members: count,
  tiers: z.array(z.object({ key: z.string(), names, color: z.string(), members: count })),
  /** By month of the brand's zone and by how they came to join, of the last twelve months. */
  joined: z.array(z.object({ month: z.string(), way: z.string(), people: count })),
  /** How many were in each tier at the end of a month. */
  makeUp: z.array(z.object({ month: z.string(), members: z.record(z.string(), count) })),
  points: z.array(z.object({ month: z.string(), issued: count, spent: count, expired: count, takenBack: count })),
  outstanding: count,
  /** The share of points that will never be spent, with its interval; null while nothing was spent. */
  breakage: z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** What outstanding points are worth, and what of it is expected to be asked for: money, exact. */
  faceValue: z.string(),
  liability: z.string(),
  computedAt: z.iso.datetime(),
});
export type MembersOverview = z.output<typeof overview>;

export const readMembersOverview = endpoint({
  method: 'GET', path: '/api/membership/overview', summary: 'Members, tiers and points: how many, by month, and what is owed for them', access: 'membership.read',
  reply: z.object({
    overview: overview.nullable(),
    /** Why there is none: no version is in force, nobody is a member, or numbers are being added up. */
    waitsFor: z.enum(['programme', 'members', 'sums']).nullable(),
  }),
});
