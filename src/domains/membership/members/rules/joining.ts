import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { Version } from '../../programme/programme.ts';

/** How somebody comes to join: by an order, by the policy alone, by asking for it, or because staff entered them. */
export const joinWays = ['order', 'policy', 'asked', 'staff'] as const;
export type JoinWay = (typeof joinWays)[number];

/** Why somebody does not become a member. */
export const joinRefusals = ['no_programme', 'nobody', 'erased', 'left', 'policy', 'no_order', 'channel', 'consent'] as const;
export type JoinRefusal = (typeof joinRefusals)[number];

/** What a policy asks of somebody who would join. */
export interface Candidate {
  way: JoinWay;
  /** Where they come by; null where that is not known. */
  channel: string | null;
  hasOrdered: boolean;
  /** Whether they agree to what the policy asks for; nothing is asked for where it asks for nothing. */
  agrees: boolean;
  hasLeft: boolean;
}

/** Whether a policy lets somebody join, and otherwise why not. Staff decide whom, but not without the consent. */
export function refusalOf({ who, channels, consent }: ProgrammeDefinition['joining'], { way, channel, hasOrdered, agrees, hasLeft }: Candidate): JoinRefusal | null {
  const isByItself = way === 'order' || way === 'policy';
  // Whoever left comes back by asking to, not by buying.
  if (isByItself && hasLeft) return 'left';
  if (isByItself && who === 'application') return 'policy';
  if (way !== 'staff' && who === 'buyers' && !hasOrdered) return 'no_order';
  if (way !== 'staff' && channels.length > 0 && (channel === null || !channels.includes(channel))) return 'channel';
  return consent !== null && !agrees ? 'consent' : null;
}

/**
 * Under which version somebody joins by something that happened at a moment, and as of when; null while there is no programme. What
 * happened before the first version counts from then on, or, where history counts by the rules, as if the first had been in force already.
 */
export function joiningAt(versions: readonly Version[], moment: number, now: number): { version: Version; at: number } | null {
  const [first] = versions;
  if (!first || first.startsAt > now) return null;
  const version = versions.findLast(({ startsAt }) => startsAt <= moment);
  if (version) return { version, at: moment };
  return { version: first, at: first.definition.settlement === 'by_rules' ? moment : first.startsAt };
}
