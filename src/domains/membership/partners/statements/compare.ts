import type { Day } from '../../../../kernel/day.ts';
import type { differenceKinds } from '../../contract/partner-statements.ts';

/** A benefit that counts in a period, by our ledger; amounts are in ten-thousandths. */
export interface OurLine {
  grantNo: number;
  amount: bigint;
  on: Day;
}

/** A line of the partner's, with the benefit it means where we know it. */
export interface NamedLine {
  text: string;
  grantNo: number | null;
  amount: bigint;
  on: Day | null;
}

export interface Difference {
  kind: (typeof differenceKinds)[number];
  grantNo: number | null;
  /** Their word for it; empty where they have none. */
  text: string;
  ourAmount: bigint | null;
  theirAmount: bigint | null;
  ourOn: Day | null;
  theirOn: Day | null;
}

/**
 * Puts the two side by side: each benefit of ours meets the first line of theirs that means it. What is named a second time is only
 * theirs, as is what we do not know, or count in another period.
 */
export function compareLines(ours: readonly OurLine[], theirs: readonly NamedLine[]): { matched: number; matchedAmount: bigint; differences: Difference[] } {
  const waiting = new Map(ours.map((line) => [line.grantNo, line]));
  const differences: Difference[] = [];
  let [matched, matchedAmount] = [0, 0n];
  for (const { grantNo, text, amount, on } of theirs) {
    const our = grantNo === null ? undefined : waiting.get(grantNo);
    if (our) waiting.delete(our.grantNo);
    if (our?.amount === amount) {
      matched++;
      matchedAmount += amount;
    } else {
      differences.push({ kind: our ? 'amounts_differ' : 'only_theirs', grantNo, text, ourAmount: our?.amount ?? null, theirAmount: amount, ourOn: our?.on ?? null, theirOn: on });
    }
  }
  for (const { grantNo, amount, on } of waiting.values()) differences.push({ kind: 'only_ours', grantNo, text: '', ourAmount: amount, theirAmount: null, ourOn: on, theirOn: null });
  return { matched, matchedAmount, differences };
}
