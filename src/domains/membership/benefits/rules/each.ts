import { parseDecimal } from '../../../../kernel/decimal.ts';
import type { BenefitDefinition, BenefitPromise, Gift } from '../../contract/benefits.ts';

/** What is handed out; nothing where a benefit is had for as long as a tier is. */
export const giftsOf = (promise: BenefitPromise): Gift[] => ('gifts' in promise ? promise.gifts : []);

/** How many points its gifts come to. */
export const pointsOf = (promise: BenefitPromise): number => giftsOf(promise).reduce((points, { giver, amount }) => points + (giver === 'points' ? amount : 0), 0);

/** What a benefit costs each time, in ten-thousandths: what was said, and what its points pay; `worth` is that of one point. */
export const eachOf = ({ cost, promise }: Pick<BenefitDefinition, 'cost' | 'promise'>, worth: bigint): bigint =>
  (parseDecimal(cost) ?? 0n) + BigInt(pointsOf(promise)) * worth;
