import { conflict, type Problem } from '../../../../kernel/problem.ts';
import type { VersionPhase } from '../../contract/programme-design.ts';
import type { VersionRow } from './store.ts';

/** A version as far as its place among others goes. */
export type Placed = Pick<VersionRow, 'versionNo' | 'state' | 'startsAt'>;

/** So long before it begins a version has to be decided on: whoever uses it has read it by then. */
export const leadMs = 60_000;

const startOf = ({ startsAt }: Placed): number => startsAt?.getTime() ?? Infinity;

/** Published versions by their start; those that only wait are not among them. */
const published = <V extends Placed>(all: readonly V[]): V[] => all.filter(({ state }) => state === 'published').sort((a, b) => startOf(a) - startOf(b));

/**
 * Why a version cannot begin at a moment. The past is closed once somebody is a member under a programme in force: what was earned
 * keeps the version it was earned under. Before that versions may begin in the past, one for the rules of each time, so that orders
 * from then earn by them.
 */
export function refusalOfStart(versionNo: number, startsAt: Date, all: readonly Placed[], hasMembers: boolean, now: Date): Problem | null {
  const taken = all.find((other) => other.versionNo !== versionNo && other.startsAt?.getTime() === startsAt.getTime());
  if (taken) return conflict('membership.programme_day_taken', { versionNo: taken.versionNo });
  const isUnderWay = hasMembers && published(all).some((other) => startOf(other) <= now.getTime());
  return isUnderWay && startsAt.getTime() < now.getTime() + leadMs ? conflict('membership.programme_starts_in_past') : null;
}

/** The published versions right before and right after a start, one itself left out. */
export function neighbours<V extends Placed>(versionNo: number, startsAt: Date, all: readonly V[]): { before: V | null; after: V | null } {
  const others = published(all).filter((other) => other.versionNo !== versionNo);
  return { before: others.findLast((other) => startOf(other) <= startsAt.getTime()) ?? null, after: others.find((other) => startOf(other) > startsAt.getTime()) ?? null };
}

/** Where a version is in its life at a moment. */
export function phaseOf(version: Placed, all: readonly Placed[], now: Date): VersionPhase {
  if (version.state !== 'published') return version.state;
  if (startOf(version) > now.getTime()) return 'coming';
  return published(all).findLast((other) => startOf(other) <= now.getTime())?.versionNo === version.versionNo ? 'in_force' : 'past';
}

/** When the version after it begins; null where none follows, or where it is not published. */
export function endOf(version: Placed, all: readonly Placed[]): Date | null {
  if (version.state !== 'published') return null;
  return published(all).find((other) => startOf(other) > startOf(version))?.startsAt ?? null;
}
