import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { Version } from '../../programme/programme.ts';

/** A joining policy that makes members by itself, as of now. */
export interface Policy {
  joining: ProgrammeDefinition['joining'];
  /** Since when versions have said so without a break: whoever was there before joins then; null where history counts from its beginning. */
  since: number | null;
  /** All versions that have begun, for who joins under which. */
  versions: readonly Version[];
  /** Names it: another one begins anew. */
  key: string;
}

/** The policy in force, or null where nobody joins by themselves. */
export function policyAt(all: readonly Version[], now: number): Policy | null {
  const versions = all.filter(({ startsAt }) => startsAt <= now);
  const current = versions.at(-1);
  if (!current || current.definition.joining.who === 'application') return null;
  const { who, channels, consent } = current.definition.joining;
  const said = ({ definition: { joining } }: Version): string => JSON.stringify([joining.who, joining.channels, joining.consent]);
  const [first, changed] = [versions[0], versions.findLast((version) => said(version) !== said(current))];
  const since = changed ? versions[versions.indexOf(changed) + 1].startsAt : first.definition.settlement === 'by_rules' ? null : first.startsAt;
  return { joining: current.definition.joining, since, versions, key: JSON.stringify([who, channels, consent, since]) };
}
