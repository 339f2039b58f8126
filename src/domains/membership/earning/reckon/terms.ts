import { dayIn } from '../../../../kernel/day.ts';
import { type Multiplying, multipliersAt } from '../../activities/rules/multipliers.ts';
import type { Multiplier, ProgrammeDefinition } from '../../contract/programme.ts';
import type { FoundOrder } from './kept-order.ts';
import { type Pause, type Version, versionAt } from '../../programme/programme.ts';

/** What was promised when, and when nothing was earned. */
export interface Terms {
  /** Those that have begun, by their start. */
  versions: readonly Version[];
  pauses: readonly Pause[];
  timeZone: string;
  /** Activities that may have multiplied the points of an order when it was placed. */
  activities?: readonly Multiplying[];
}

/** A time in which somebody was a member. */
export interface Membership {
  joinedAt: number;
  leftAt: number | null;
}

/** The version by which an order earns; null where it earns nothing: before there was a programme, in a pause, or of somebody who was no member. */
export function versionFor(placedAt: number, memberships: readonly Membership[], { versions, pauses, timeZone }: Terms): Version | null {
  const version = versionAt(versions, placedAt) ?? earlier(versions);
  if (!version || pauses.some(({ from, until }) => from <= placedAt && (until === null || placedAt < until))) return null;
  const { counts } = version.definition.joining;
  const isMember = memberships.some(({ joinedAt, leftAt }) => (leftAt === null || placedAt < leftAt) && countsSince(placedAt, joinedAt, counts, timeZone));
  return isMember ? version : null;
}

/** What was bought before the first version goes by it, or into the balance to begin with. */
const earlier = (versions: readonly Version[]): Version | null => (versions[0]?.definition.settlement === 'by_rules' ? versions[0] : null);

function countsSince(placedAt: number, joinedAt: number, counts: ProgrammeDefinition['joining']['counts'], timeZone: string): boolean {
  switch (counts) {
    case 'everything': return true;
    case 'after_joining': return placedAt > joinedAt;
    // Who joins at a counter has paid a moment before.
    case 'with_joining_order': return placedAt >= joinedAt || dayIn(timeZone, new Date(placedAt)) === dayIn(timeZone, new Date(joinedAt));
  }
}

/** What activities made of an order's points, of somebody who had a tier. */
export const extrasOf = ({ placedAt, paidAt, channel }: FoundOrder, tier: string | null, { activities = [], timeZone }: Terms): Multiplier[] =>
  multipliersAt(activities, { placedAt, paidAt, channel }, { tier }, timeZone);
