import type { Arm } from '../../../messaging/public.ts';
import type { CampaignDefinition } from '../../contract/plans.ts';

const whole = 10_000;
export const controlKey = 'control';

/** The arms of its experiment, the control group first: what the holdout leaves is shared out by weight, and what rounding leaves goes to the last. */
export function armsOf({ arms, holdout }: Pick<CampaignDefinition, 'arms' | 'holdout'>): Arm[] {
  const weights = arms.reduce((sum, { weight }) => sum + weight, 0);
  const left = whole - holdout.share;
  const shares = arms.map(({ weight }) => Math.floor((left * weight) / weights));
  const rest = left - shares.reduce((sum, share) => sum + share, 0);
  const control = holdout.share > 0 ? [{ key: controlKey, isControl: true, share: holdout.share }] : [];
  return [...control, ...arms.map(({ key }, i) => ({ key, isControl: false, share: shares[i] + (i === arms.length - 1 ? rest : 0) }))];
}
