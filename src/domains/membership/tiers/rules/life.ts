/** What the rules need of a version of a programme. Tiers ascend by `entry`, which is 0 for the first; `keep` is at most `entry`. */
export interface TierProgramme {
  tiers: readonly { key: string; entry: number; keep: number | null }[];
  tierRules: {
    clock: { kind: 'tier_start' | 'join_anniversary' | 'calendar' | 'rolling'; months: number; startMonth: number };
    graceDays: number;
    minimumDays: number;
    drop: 'one_level' | 'recompute' | 'none';
    refunds: 'at_once' | 'at_review' | 'never';
    review: 'by_itself' | 'approved';
  };
  /** Where those go whose tier this version no longer has. */
  removedTiers: Readonly<Record<string, string>>;
}

export interface TierVersion {
  versionNo: number;
  startsAt: number;
  definition: TierProgramme;
}

/** Nothing is earned and no tier moves from then until then. */
export interface Pause {
  from: number;
  until: number | null;
}

/** All that holds for everybody. Versions ascend by `startsAt`. */
export interface TierSetting {
  versions: readonly TierVersion[];
  pauses: readonly Pause[];
  timeZone: string;
}

/** Growth counts at the moment it stands for: that of an order, also where it takes back some of what the order gave. */
export interface Growth {
  at: number;
  amount: number;
  /** In the order in which it was written down: what comes late has a high number and an early moment. */
  no: number;
}

/** A tier given by hand: a floor under the tier that is earned, which goes on beneath it. */
export interface Grant {
  grantNo: number;
  tier: string;
  from: number;
  until: number | null;
}

export interface TierPerson {
  joinedAt: number;
  /** Ascending by `at`. */
  growth: readonly Growth[];
  grants: readonly Grant[];
}

/** A cycle that was judged, kept so that what comes late can still count in it. */
export interface ClosedCycle {
  tier: string;
  /** Since when the tier had been held. */
  since: number;
  from: number;
  until: number;
  /** Growth until then counted: the end of the grace where there was one. */
  judgedUntil: number;
  needed: number;
  verdict: 'kept' | 'dropped' | 'excused';
}

/** Where somebody stands. The tier here is the one that was earned; `shown` is the one they have, which a grant may raise. */
export interface TierLife {
  tier: string;
  shown: string;
  since: number;
  cycleStart: number;
  /** When keeping the tier is judged; null where nothing is to be judged. In a rolling window: when growth falls below the standard. */
  reviewAt: number | null;
  graceUntil: number | null;
  /** An end that was promised under a clock before this one: until then nothing is judged. */
  heldUntil: number | null;
  /** A drop waits for approval: since then, and whether only because growth was taken back after the cycle was judged. */
  awaiting: { since: number; isLate: boolean } | null;
  /** What a return cannot take: held by a review, or under a version before this one. */
  secured: { tier: string; since: number; cycleStart: number; reviewAt: number | null };
  /** Since when nothing is secured: what was reached since may be lost by a return. */
  openFrom: number;
  /** Growth before it does not count towards rising: a drop begins anew. */
  countsFrom: number;
  closed: ClosedCycle | null;
  /** Cycles of tiers that were lost: whoever comes back within one has no second cycle, and no second gift. */
  lost: { tier: string; cycleStart: number }[];
  versionNo: number;
  /** Whether it was judged by a rolling window, whose `reviewAt` is no promise to anybody. */
  isRolling: boolean;
  /** Everything until then is in, of all growth up to a number. */
  at: number;
  seen: number;
}

export const changeKinds = ['join', 'rise', 'drop', 'renew', 'grace', 'grant', 'grant_end'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const changeReasons = ['joined', 'growth', 'late_growth', 'review', 'grace_end', 'window', 'refund', 'version', 'grant', 'approved', 'excused'] as const;
export type ChangeReason = (typeof changeReasons)[number];

/** Why a tier changed: enough to tell it in a sentence and to work it out again. */
export interface TierDerivation {
  reason: ChangeReason;
  /** Growth that was counted, from when until when, and how much it took. */
  total?: number;
  needed?: number;
  countedFrom?: number;
  countedUntil?: number;
  /** Until when the tier holds now: its review, the end of the grace or of the grant. */
  holdsUntil?: number | null;
  grantNo?: number;
  /** The tier that was earned, beneath a grant. */
  earned?: string;
}

/** A change of the tier somebody has, as one step however many levels it goes. */
export interface TierChange {
  kind: ChangeKind;
  from: string | null;
  to: string;
  /** Gifts are given once for a tier and a cycle. */
  cycleStart: number;
  at: number;
  versionNo: number;
  derivation: TierDerivation;
}
