import { createHash, createHmac } from 'node:crypto';
import type { Odds, Prize } from '../../contract/activities.ts';

/** So many bytes are one try: numbers below 2^48 are exact. */
const tryBytes = 6;
const tries = 2 ** (8 * tryBytes);

/**
 * A whole number from 0 to below `total`, each as likely as the other: bytes of HMAC-SHA-256 with the activity's seed over the number of
 * the draw, tried again where they lie beyond the last whole multiple of `total`. Whoever has the seed can draw again and must come to the same.
 */
export function drawnInteger(seed: Uint8Array, drawNo: number, total: number): number {
  const limit = tries - (tries % total);
  for (let turn = 0; ; turn++) {
    const digest = createHmac('sha256', seed).update(`${drawNo}:${turn}`).digest();
    for (let at = 0; at + tryBytes <= digest.length; at += tryBytes) {
      const number = digest.readUIntBE(at, tryBytes);
      if (number < limit) return number % total;
    }
  }
}

/** Told before the first draw, so that the seed cannot be chosen afterwards. */
export const fingerprintOf = (seed: Uint8Array): string => createHash('sha256').update(seed).digest('hex');

export const totalWeight = (prizes: readonly Pick<Prize, 'weight'>[]): number => prizes.reduce((sum, { weight }) => sum + weight, 0);

/** The prize that an integer falls on: prizes lie one after the other, each as long as its weight. */
export function prizeAt(prizes: readonly Prize[], integer: number): Prize {
  let left = integer;
  for (const prize of prizes) {
    if (left < prize.weight) return prize;
    left -= prize.weight;
  }
  throw new RangeError(`${integer} lies beyond all weights.`);
}

/** The chance of each prize as a fraction, for whoever takes part to see. */
export const oddsOf = (prizes: readonly Prize[]): Odds => prizes.map(({ key, names, weight }) => ({ key, names, weight, of: totalWeight(prizes) }));

const pointsOf = ({ gives }: Prize): number => (gives.kind === 'points' ? gives.points : 0);

/** Points one draw gives on average while there is some of every prize, as a fraction that is not shortened. */
export const expectedPoints = (prizes: readonly Prize[]): { over: number; under: number } =>
  ({ over: prizes.reduce((sum, prize) => sum + prize.weight * pointsOf(prize), 0), under: totalWeight(prizes) });

export const mostPointsOf = (prizes: readonly Prize[]): number => Math.max(...prizes.map(pointsOf));
