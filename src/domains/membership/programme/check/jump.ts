import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { PointsRules } from '../../contract/programme.ts';

/** So many for each full amount of money. */
export type Rate = PointsRules['rate'];

/** An amount in ten-thousandths; nothing where it is no amount. */
export const exact = (text: string): bigint => parseDecimal(text) ?? 0n;

/** How many times as much one rate gives as another, in hundredths; null where either gives nothing. Nothing is divided before it has to be. */
export function timesAsMuch(now: Rate, was: Rate): bigint | null {
  const [more, less] = [BigInt(now.amount) * exact(was.per), BigInt(was.amount) * exact(now.per)];
  return more > 0n && less > 0n ? (100n * more) / less : null;
}

/** More than twice as much, or less than half of it. */
export const isJump = (hundredths: bigint | null): hundredths is bigint => hundredths !== null && (hundredths > 200n || hundredths < 50n);

/** Hundredths as a number that a sentence shows. */
export const shownTimes = (hundredths: bigint): { exact: string } => ({ exact: (Number(hundredths) / 100).toString() });

/** What a rate is worth to somebody, in hundredths of a percent of what they spend. */
export const givenBack = ({ rate, worth }: Pick<PointsRules, 'rate' | 'worth'>): bigint =>
  (exact(rate.per) > 0n ? (BigInt(rate.amount) * exact(worth) * 10_000n) / exact(rate.per) : 0n);
