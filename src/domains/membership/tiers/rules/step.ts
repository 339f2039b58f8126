import { type Draft, fallBack, giftCycle, rankNow, rise, secure, told } from './draft.ts';
import { judge } from './judge.ts';
import type { ChangeKind, Grant, Growth, TierChange, TierDerivation, TierLife } from './life.ts';
import type { Standards } from './standards.ts';

/** What came at a moment: growth of it, and growth of before that was not known until now. */
export interface News {
  isReturn: boolean;
  late: readonly Growth[];
}

/**
 * Everything of one moment, in this order: new versions, what is to be judged, what was returned, what growth reaches now, and
 * what came late. However much happens, the tier that somebody has changes once.
 */
export function step(life: TierLife, path: readonly Standards[], grants: readonly Grant[], news: News, now: number): TierChange[] {
  return changing(life, path, grants, now, (draft) => {
    judge(draft);
    if (news.isReturn) takeBack(draft);
    climb(draft);
    if (news.late.length > 0) reopen(draft, news.late);
  });
}

/** Does something to a standing, and tells what it came to for the tier that is shown. `path` leads from the version it was under to the present one. */
export function changing(life: TierLife, path: readonly Standards[], grants: readonly Grant[], now: number, work: (draft: Draft) => void): TierChange[] {
  const before: Before = { shown: life.shown, at: life.at, standards: path[0] };
  const draft: Draft = { life, standards: path[0], now, happened: null };
  for (const standards of path.slice(1)) {
    draft.standards = standards;
    takeUpVersion(draft);
  }
  work(draft);
  const { standards } = draft;
  life.lost = life.lost.filter(({ cycleStart }) => standards.cycleEnd(cycleStart) > now);
  const rankOf = ({ tier }: Grant): number => standards.rankOf(standards.placeOf(tier));
  const floor = grants.filter(({ from, until }) => from <= now && (until === null || until > now)).sort((a, b) => rankOf(b) - rankOf(a)).at(0);
  life.shown = floor && rankOf(floor) > rankNow(draft) ? standards.placeOf(floor.tier) : life.tier;
  life.at = now;
  return changesOf(draft, before, floor, grants.findLast(({ until }) => until !== null && until <= now && (until > before.at || draft.happened === null)));
}

interface Before {
  shown: string;
  at: number;
  standards: Standards;
}

function changesOf({ life, standards, now, happened }: Draft, before: Before, floor: Grant | undefined, ended: Grant | undefined): TierChange[] {
  const change = (kind: ChangeKind, derivation: TierDerivation, cycleStart = giftCycle(life)): TierChange[] =>
    [{ kind, from: before.shown, to: life.shown, cycleStart, at: now, versionNo: standards.version.versionNo, derivation }];
  if (life.shown === before.shown) {
    const isSeen = life.shown === life.tier && (happened?.kind === 'renew' || happened?.kind === 'grace');
    return isSeen ? change(happened.kind, happened.derivation) : [];
  }
  const isHigher = isAbove(life.shown, standards, before);
  const own = happened && (isHigher ? happened.kind === 'rise' : happened.kind === 'drop') ? happened : null;
  if (floor && life.shown !== life.tier) {
    const derivation = { grantNo: floor.grantNo, earned: life.tier, holdsUntil: floor.until };
    return isHigher || !own ? change(isHigher ? 'grant' : 'grant_end', { reason: 'grant', ...derivation }, floor.from) : change('drop', { ...own.derivation, ...derivation });
  }
  if (ended && !isHigher) return change('grant_end', { reason: 'grant', grantNo: ended.grantNo, earned: life.tier, holdsUntil: life.reviewAt });
  return change(isHigher ? 'rise' : 'drop', happened?.derivation ?? { reason: 'version', holdsUntil: life.reviewAt });
}

/** A tier that a version no longer has is compared by what it took to reach. */
function isAbove(tier: string, standards: Standards, before: Before): boolean {
  const rank = standards.rankOf(before.shown);
  if (rank >= 0) return standards.rankOf(tier) > rank;
  return standards.entryOf(standards.rankOf(tier)) > before.standards.entryOf(Math.max(before.standards.rankOf(before.shown), 0));
}

/** A version takes tiers over as they are, with the ends that were promised. A tier that it no longer has becomes the one it names. */
function takeUpVersion(draft: Draft): void {
  const { life, standards, now } = draft;
  life.tier = standards.placeOf(life.tier);
  life.versionNo = standards.version.versionNo;
  const isPromised = !life.isRolling || life.graceUntil !== null || life.heldUntil !== null;
  life.isRolling = standards.isRolling;
  if (standards.keepOf(rankNow(draft)) === null) Object.assign(life, { reviewAt: null, graceUntil: null, heldUntil: null, awaiting: null });
  else if (standards.isRolling) {
    if (isPromised && life.graceUntil === null) life.heldUntil ??= life.reviewAt;
  } else if (life.reviewAt === null || !isPromised) Object.assign(life, { cycleStart: now, reviewAt: standards.cycleEnd(now) });
  else life.heldUntil = null;
  life.closed = null;
  life.openFrom = now;
  secure(life);
}

/** Growth was returned: where it lifted somebody in a cycle that is still open, they fall back at once if the programme says so. */
function takeBack(draft: Draft): void {
  const { life, standards, now } = draft;
  const rank = rankNow(draft);
  const secured = standards.rankOf(life.secured.tier);
  const isOpen = life.since >= (standards.period(now)?.from ?? life.since);
  if (standards.rules.refunds !== 'at_once' || rank <= secured || life.graceUntil !== null || !isOpen) return;
  const counted = standards.mostRisen(life, life.openFrom, now);
  const reached = Math.max(standards.reachedBy(counted.total), secured);
  if (reached >= rank) return;
  fallBack(draft, reached, told('refund', counted, standards.entryOf(rank)));
  judge(draft);
}

/**
 * What came late counts in the cycle it happened in. Where that is closed, somebody may get back by it what they lost, or get what
 * they had reached; what it would cost them waits for approval.
 */
function reopen(draft: Draft, late: readonly Growth[]): void {
  const { life, standards, now } = draft;
  const { closed } = life;
  const isOfClosed = closed !== null && late.some(({ at }) => at >= closed.from && at < closed.judgedUntil);
  if (closed && isOfClosed && !standards.isRolling) {
    const counted = standards.kept({ cycleStart: closed.from, since: closed.since }, closed.judgedUntil);
    const isMet = counted.total >= closed.needed;
    const rank = standards.rankOf(closed.tier);
    if (closed.verdict === 'dropped' && isMet && rank > rankNow(draft)) {
      Object.assign(life, { tier: closed.tier, since: closed.since, cycleStart: closed.until, graceUntil: null, awaiting: null, openFrom: closed.until, closed: { ...closed, verdict: 'kept' } });
      life.reviewAt = standards.keepOf(rank) === null ? null : standards.cycleEnd(closed.until);
      secure(life);
      draft.happened = { kind: 'rise', derivation: { ...told('late_growth', counted, closed.needed), holdsUntil: life.reviewAt } };
      judge(draft);
    }
    if (closed.verdict === 'kept' && closed.tier === life.tier && life.since === closed.since) {
      if (!isMet && life.awaiting === null && life.graceUntil === null) life.awaiting = { since: now, isLate: true };
      if (isMet && life.awaiting?.isLate) life.awaiting = null;
    }
  }
  const counted = lateRisen(draft, late.filter(({ amount }) => amount > 0));
  if (counted && standards.reachedBy(counted.total) > rankNow(draft)) {
    rise(draft, standards.reachedBy(counted.total), told('late_growth', counted, standards.entryOf(standards.reachedBy(counted.total))));
    Object.assign(life, { openFrom: now });
    secure(life);
  }
}

/** The most that counted towards rising in the cycle before this one, or under a tier's own clock in the last months. */
function lateRisen({ life, standards, now }: Draft, late: readonly Growth[]) {
  const period = standards.period(now);
  if (late.length === 0) return null;
  if (!period) return standards.isRolling ? null : standards.mostRisen(life, Math.max(life.openFrom, standards.oldestThatCounts(now)), now);
  const last = standards.period(period.from - 1);
  const isOfLast = last !== null && last.from >= Math.max(life.countsFrom, standards.version.startsAt) && late.some(({ at }) => at >= last.from && at < last.until);
  return isOfLast ? standards.risen(life, last.until - 1) : null;
}

/** Up to whatever growth reaches now. */
function climb(draft: Draft): void {
  const { life, standards, now } = draft;
  const counted = standards.risen(life, now);
  const reached = standards.reachedBy(counted.total);
  if (reached > rankNow(draft)) rise(draft, reached, told('growth', counted, standards.entryOf(reached)));
}
