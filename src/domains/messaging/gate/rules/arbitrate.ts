import type { FrequencyCap } from '../../contract/gate-rules.ts';
import type { Claim } from './claim.ts';
import { counts, windowMs } from './windows.ts';

/** Why a claim has no place. */
export interface Blocked {
  cap: FrequencyCap;
  /** When the cap has room again, as far as can be told now. */
  freeAtMs: number;
  /** Who took the place, where it is somebody of more worth that has not gone yet; undefined where the place is used up. */
  winner: Claim | undefined;
}

/**
 * Who of those that want one person gets the places that caps leave: those who went keep theirs, then the larger expected value comes
 * first, and of equal ones the older run. The answer follows from the claims alone and not from the order in which they came. Claims
 * that are not in it have a place.
 */
export function arbitrate(claims: readonly Claim[], caps: readonly FrequencyCap[], nowMs: number): Map<Claim, Blocked> {
  const blocked = new Map<Claim, Blocked>();
  const admitted = claims.filter((claim) => claim.state === 'gone');
  for (const claim of claims.filter((one) => isOpen(one, nowMs)).sort(byWorth)) {
    const hindrance = hindranceOf(claim, admitted, caps, nowMs);
    if (hindrance) blocked.set(claim, hindrance);
    else admitted.push(claim);
  }
  return blocked;
}

/** Whether a claim can still come to something. */
function isOpen({ state, run }: Claim, nowMs: number): boolean {
  if (state === 'gone' || run.stage === 'over') return false;
  if (state === 'waits' && run.stage === 'paused') return false;
  return !run.sendUntil || run.sendUntil.getTime() > nowMs;
}

const byWorth = (a: Claim, b: Claim): number =>
  Number(a.run.stage === 'paused') - Number(b.run.stage === 'paused') || b.run.value - a.run.value || a.run.runNo - b.run.runNo || (a.occasion < b.occasion ? -1 : 1);

/** The cap that keeps a claim waiting longest. */
function hindranceOf(claim: Claim, admitted: readonly Claim[], caps: readonly FrequencyCap[], nowMs: number): Blocked | undefined {
  let found: Blocked | undefined;
  for (const cap of caps) {
    if (!counts(cap, claim.run)) continue;
    const inside = admitted.filter((one) => counts(cap, one.run) && momentOf(one, nowMs) > nowMs - windowMs(cap));
    if (inside.length < cap.most) continue;
    const moments = inside.map((one) => momentOf(one, nowMs)).sort((a, b) => a - b);
    const freeAtMs = moments[moments.length - cap.most] + windowMs(cap);
    if (!found || freeAtMs > found.freeAtMs) found = { cap, freeAtMs, winner: inside.find((one) => one.state !== 'gone') };
  }
  return found;
}

/** What has not gone yet will go at the earliest now. */
const momentOf = (claim: Claim, nowMs: number): number => (claim.state === 'gone' ? claim.atMs : nowMs);
