import type { TierLife, TierPerson, TierSetting } from './life.ts';
import { type Counted, Standards } from './standards.ts';
import { Sums } from './sums.ts';

/** How far somebody is from the next tier, and from keeping the one they have. */
export interface Outlook {
  /** What counts towards rising. */
  risen: Counted;
  next: { tier: string; entry: number; missing: number; expectedAt: number | null } | null;
  /** When what counts towards rising changes by itself: a period ends, or growth leaves the window. */
  changesAt: number | null;
  /** What counts towards keeping the tier by its review; null where nothing is to be kept. */
  keep: (Counted & { needed: number; missing: number }) | null;
}

const dayMs = 86_400_000;
const paceDays = 90;

/** The outlook of somebody who was looked at up to now, by the version they are under. */
export function outlookOf(life: TierLife, person: TierPerson, { versions, timeZone }: TierSetting): Outlook | null {
  const version = versions.find(({ versionNo }) => versionNo === life.versionNo);
  if (!version) return null;
  const sums = new Sums(person.growth, timeZone);
  const standards = new Standards(version, person, sums, timeZone);
  const risen = standards.risen(life, life.at);
  const rank = standards.rankOf(life.tier);
  const needed = standards.keepOf(rank);
  const counted = needed === null ? null : standards.isRolling ? standards.keptInWindow(life, life.at) : standards.kept(life, life.at + 1);
  return {
    risen,
    next: nextOf(standards, rank, risen, life.at, sums.between(life.at - paceDays * dayMs, life.at + 1)),
    changesAt: standards.period(life.at)?.until ?? sums.leavesNext(life.at, standards.rules.clock.months),
    keep: needed !== null && counted ? { ...counted, needed, missing: Math.max(needed - counted.total, 0) } : null,
  };
}

function nextOf(standards: Standards, rank: number, { total }: Counted, now: number, recent: number): Outlook['next'] {
  if (rank + 1 >= standards.version.definition.tiers.length) return null;
  const entry = standards.entryOf(rank + 1);
  const missing = Math.max(entry - total, 0);
  const days = recent > 0 ? Math.ceil((missing * paceDays) / recent) : null;
  return { tier: standards.keyOf(rank + 1), entry, missing, expectedAt: days !== null && days <= 366 ? now + days * dayMs : null };
}
