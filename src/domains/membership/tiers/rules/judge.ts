import { type Draft, dropTo, happen, rankNow, renew, told } from './draft.ts';
import type { TierDerivation } from './life.ts';
import type { Counted } from './standards.ts';

/** Whether a tier is kept, where that is to be judged now: renewed, given a grace, dropped, or put before somebody. */
export function judge(draft: Draft): void {
  const isJudgedAnew = draft.standards.isRolling ? judgeWindow : judgeCycle;
  // After a pause more than one cycle may have ended; in a window the tier dropped to may be missed as well.
  while (isJudgedAnew(draft));
}

/** What somebody said of a drop that waits for approval: it is made, or the tier is kept all the same. */
export function settle(draft: Draft, verdict: 'drop' | 'keep'): void {
  const { life, standards, now } = draft;
  if (!life.awaiting) return;
  const { isLate } = life.awaiting;
  const closed = isLate ? life.closed : null;
  const needed = closed?.needed ?? standards.keepOf(rankNow(draft)) ?? 0;
  const counted = closed ? standards.kept({ cycleStart: closed.from, since: closed.since }, closed.judgedUntil) : standards.isRolling ? standards.keptInWindow(life, now) : standards.kept(life, now + 1);
  if (verdict === 'drop') {
    drop(draft, told('approved', counted, needed));
    judge(draft);
  } else if (closed) Object.assign(life, { awaiting: null, closed: { ...closed, verdict: 'excused' } });
  else {
    renew(draft, told('excused', counted, needed));
    if (standards.isRolling) life.reviewAt = life.heldUntil = standards.cycleEnd(now);
  }
}

/** One judgement of a cycle; whether there may be another to make. */
function judgeCycle(draft: Draft): boolean {
  const { life, standards, now } = draft;
  const needed = standards.keepOf(rankNow(draft));
  if (needed === null || life.reviewAt === null || now < life.reviewAt) return false;
  const isOver = life.graceUntil !== null || life.awaiting?.isLate === false;
  const counted = standards.kept(life, isOver ? now + 1 : life.reviewAt);
  if (counted.total >= needed) {
    renew(draft, told(isOver ? 'grace_end' : 'review', counted, needed));
    return true;
  }
  return missed(draft, counted, needed, 'review');
}

function judgeWindow(draft: Draft): boolean {
  const { life, standards, now } = draft;
  const needed = standards.keepOf(rankNow(draft));
  if (needed === null || (life.heldUntil !== null && now < life.heldUntil)) return false;
  life.heldUntil = null;
  const counted = standards.keptInWindow(life, now);
  if (counted.total >= needed) {
    if (life.graceUntil === null && life.awaiting === null) life.reviewAt = standards.fallsBelow(life, needed, now);
    else renew(draft, told('grace_end', counted, needed));
    return false;
  }
  return missed(draft, counted, needed, 'window');
}

/** The standard is missed: a grace first, and the shortest time a tier is held; then the drop. */
function missed(draft: Draft, counted: Counted, needed: number, reason: 'review' | 'window'): boolean {
  const { life, standards, now } = draft;
  const { graceDays, minimumDays, review } = standards.rules;
  if (life.awaiting?.isLate === false) return false;
  if (life.graceUntil === null) {
    const until = Math.max(standards.daysLater(now, graceDays), standards.daysLater(life.since, minimumDays));
    if (standards.isRolling) life.reviewAt = now;
    if (until > now) {
      life.graceUntil = until;
      happen(draft, 'grace', { ...told(reason, counted, needed), holdsUntil: until });
      // Growth since the review may have made up for it already.
      return !standards.isRolling;
    }
  } else if (now < life.graceUntil) return false;
  if (review === 'approved') {
    life.awaiting = { since: now, isLate: false };
    return !standards.isRolling;
  }
  drop(draft, told(life.graceUntil === null ? reason : 'grace_end', counted, needed));
  return true;
}

/** Down by one level, or to what the growth that was counted still reaches. */
function drop(draft: Draft, derivation: TierDerivation): void {
  const { standards } = draft;
  const below = rankNow(draft) - 1;
  dropTo(draft, standards.rules.drop === 'one_level' ? below : Math.min(below, standards.reachedBy(derivation.total ?? 0)), derivation);
}
