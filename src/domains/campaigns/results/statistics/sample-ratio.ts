import { pOfChiSquare } from './distributions.ts';

/** Below this chance the sizes of groups are not what a lot would give: something chose who is in which, and no figure of theirs can be trusted. */
export const sampleRatioAlarm = 0.01;

/**
 * Whether people fell into groups as they should have: K. Pearson's chi-square (1900) of the sizes against the shares, as
 * A. Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019, have it. Null for fewer than two groups.
 */
export function sampleRatio(groups: readonly { n: number; share: number }[]): { p: number; isMismatch: boolean } | null {
  const meant = groups.filter(({ share }) => share > 0);
  const [n, shares] = [meant.reduce((sum, each) => sum + each.n, 0), meant.reduce((sum, each) => sum + each.share, 0)];
  if (meant.length < 2 || n === 0) return null;
  const chiSquare = meant.reduce((sum, { n: found, share }) => sum + (found - (n * share) / shares) ** 2 / ((n * share) / shares), 0);
  const p = pOfChiSquare(chiSquare, meant.length - 1);
  return { p, isMismatch: p < sampleRatioAlarm };
}
