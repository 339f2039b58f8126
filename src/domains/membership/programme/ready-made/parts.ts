import type { Names, ProgrammeDefinition, Tier } from '../../contract/programme.ts';

export const names = (simplified: string, traditional: string, english: string): Names => ({ 'zh-CN': simplified, 'zh-TW': traditional, en: english });

/** Goods with their tax; not the postage, and nothing that points, coupons or gift cards paid: points do not earn points. */
export const paidForGoods: ProgrammeDefinition['points']['counts'] = { tax: true, freight: false, couponPaid: false, pointsPaid: false, giftCardPaid: false };

/** A tier, with what it takes to reach and to keep it. */
export const tier = (key: string, called: Names, look: Pick<Tier, 'color' | 'icon'>, entry: number, keep: number | null, debtLimit = 0): Tier =>
  ({ key, names: called, ...look, entry, keep, debtLimit });

/** More points for a tier. */
export const tierMultiplier = (key: string, called: Names, factor: string): ProgrammeDefinition['points']['multipliers'][number] =>
  ({ key: `tier_${key}`, names: called, when: { kind: 'tier', tiers: [key] }, factor });
