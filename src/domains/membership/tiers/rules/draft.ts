import type { ChangeReason, TierDerivation, TierLife } from './life.ts';
import type { Counted, Standards } from './standards.ts';

/** Somebody's standing while one moment is worked out, and what happened to it. */
export interface Draft {
  life: TierLife;
  standards: Standards;
  now: number;
  /** The last thing that happened to the tier that was earned. */
  happened: { kind: 'rise' | 'drop' | 'renew' | 'grace'; derivation: TierDerivation } | null;
}

export const rankNow = ({ life, standards }: Draft): number => standards.rankOf(life.tier);

/** What a renewal, a drop and a rise have in common: nothing is pending any more. */
const settled = { graceUntil: null, heldUntil: null, awaiting: null } as const;

/** Since when a tier's cycle runs that begins now, and when it is judged. In periods that of the calendar goes on. */
function cycleOf({ life, standards, now }: Draft, rank: number): Pick<TierLife, 'cycleStart' | 'reviewAt'> {
  const period = standards.period(now);
  const needed = standards.keepOf(rank);
  const cycleStart = period?.from ?? now;
  if (needed === null) return { cycleStart, reviewAt: null };
  if (standards.isRolling) return { cycleStart, reviewAt: standards.fallsBelow(life, needed, now) };
  return { cycleStart, reviewAt: period?.until ?? standards.cycleEnd(now) };
}

export function rise(draft: Draft, rank: number, derivation: TierDerivation): void {
  const { life, standards, now } = draft;
  Object.assign(life, settled, { tier: standards.keyOf(rank), since: now, ...cycleOf(draft, rank) });
  draft.happened = { kind: 'rise', derivation: { ...derivation, holdsUntil: life.reviewAt } };
}

/** The tier is kept for another cycle, which begins where the last one ended, however late that is seen. */
export function renew(draft: Draft, derivation: TierDerivation): void {
  const { life, standards, now } = draft;
  if (standards.isRolling) {
    Object.assign(life, settled, { reviewAt: standards.fallsBelow(life, derivation.needed ?? 0, now) });
  } else {
    const from = life.reviewAt ?? now;
    close(life, 'kept', derivation);
    Object.assign(life, settled, { cycleStart: from, reviewAt: standards.cycleEnd(from), openFrom: from });
    secure(life);
  }
  happen(draft, 'renew', { ...derivation, holdsUntil: life.reviewAt });
}

/** A drop of the same moment says more than what became of the tier after it. */
export function happen(draft: Draft, kind: 'renew' | 'grace', derivation: TierDerivation): void {
  if (draft.happened?.kind !== 'drop') draft.happened = { kind, derivation };
}

/** Down to a tier, from which everything begins anew. */
export function dropTo(draft: Draft, rank: number, derivation: TierDerivation): void {
  const { life, standards, now } = draft;
  remember(draft);
  if (!standards.isRolling) close(life, 'dropped', derivation);
  Object.assign(life, settled, { tier: standards.keyOf(rank), since: now, openFrom: now, countsFrom: standards.isRolling ? life.countsFrom : now });
  Object.assign(life, cycleOf(draft, rank));
  secure(life);
  draft.happened = { kind: 'drop', derivation: { ...derivation, holdsUntil: life.reviewAt } };
}

/** Down because what lifted somebody was returned: to what is secured, with its own clock, or to what growth reaches without it. */
export function fallBack(draft: Draft, rank: number, derivation: TierDerivation): void {
  const { life, standards } = draft;
  remember(draft);
  if (rank <= standards.rankOf(life.secured.tier)) Object.assign(life, settled, life.secured);
  else {
    const since = standards.firstReached(life, rank, life.openFrom, draft.now);
    Object.assign(life, settled, { tier: standards.keyOf(rank), since, ...cycleOf({ ...draft, now: since }, rank) });
  }
  draft.happened = { kind: 'drop', derivation: { ...derivation, holdsUntil: life.reviewAt } };
}

export function secure(life: TierLife): void {
  const { tier, since, cycleStart, reviewAt } = life;
  life.secured = { tier, since, cycleStart, reviewAt: life.isRolling ? null : reviewAt };
}

function remember({ life }: Draft): void {
  if (!life.lost.some(({ tier, cycleStart }) => tier === life.tier && cycleStart === giftCycle(life))) life.lost.push({ tier: life.tier, cycleStart: giftCycle(life) });
}

/** The cycle that gifts of the tier belong to. */
export const giftCycle = ({ lost, tier, cycleStart }: TierLife): number => Math.min(cycleStart, ...lost.filter((each) => each.tier === tier).map((each) => each.cycleStart));

function close(life: TierLife, verdict: 'kept' | 'dropped', { needed = 0, countedUntil = 0 }: TierDerivation): void {
  const { tier, since, cycleStart, reviewAt } = life;
  if (reviewAt !== null) life.closed = { tier, since, from: cycleStart, until: reviewAt, judgedUntil: countedUntil, needed, verdict };
}

/** Why something happened, by what was counted. */
export const told = (reason: ChangeReason, { total, countedFrom, countedUntil }: Counted, needed: number): TierDerivation =>
  ({ reason, total, needed, countedFrom, countedUntil });
