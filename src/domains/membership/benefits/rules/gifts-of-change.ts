/** A move between tiers that may bring gifts. */
export interface Moved {
  kind: string;
  fromTier: string | null;
  toTier: string | null;
  at: number;
}

/** What of a benefit decides whether a move brings it. */
export interface GiftBenefit {
  benefitId: number;
  kind: string;
  tiers: readonly string[];
  startsAt: number;
  endsAt: number | null;
}

/** Which gifts a move brings, each for a tier. `tiers` ascend; of those passed on the way the final one alone counts, or all. */
export function giftsOfChange<B extends GiftBenefit>(change: Moved, tiers: readonly string[], passed: 'all' | 'final', benefits: readonly B[]): { benefit: B; tier: string }[] {
  const kind = change.kind === 'join' ? 'joining' : change.kind === 'rise' ? 'upgrade' : null;
  if (kind === null || change.toTier === null) return [];
  const reached = kind === 'joining' ? [change.toTier] : tiersPassed(change.fromTier, change.toTier, tiers, passed);
  // What happened before a benefit began brings nothing: the first joining of everybody there is, for instance.
  const open = benefits.filter((benefit) => benefit.kind === kind && benefit.startsAt <= change.at && (benefit.endsAt === null || change.at < benefit.endsAt));
  return reached.flatMap((tier) => open.filter((benefit) => benefit.tiers.includes(tier)).map((benefit) => ({ benefit, tier })));
}

function tiersPassed(from: string | null, to: string, tiers: readonly string[], passed: 'all' | 'final'): string[] {
  const top = tiers.indexOf(to);
  if (passed === 'final' || top < 0) return [to];
  return tiers.slice((from === null ? -1 : tiers.indexOf(from)) + 1, top + 1);
}
