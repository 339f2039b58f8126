import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { BenefitDefinition, Gift } from '../../contract/benefits.ts';

/** How many points gifts come to. */
export const pointsOf = (gifts: readonly Gift[]): number => gifts.reduce((points, { giver, amount }) => points + (giver === 'points' ? amount : 0), 0);

/** What a benefit costs each time, in ten-thousandths: what was said, and what its points pay; `worth` is that of one point. */
export const eachOf = ({ cost, promise }: Pick<BenefitDefinition, 'cost' | 'promise'>, worth: bigint): bigint =>
  (parseDecimal(cost) ?? 0n) + BigInt('gifts' in promise ? pointsOf(promise.gifts) : 0) * worth;
