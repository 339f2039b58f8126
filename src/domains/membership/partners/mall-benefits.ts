import { locales } from '../../../kernel/locale.ts';
import { nameIn } from '../contract/programme.ts';
import type { PartnerBenefits } from '../mall/partner-benefits.ts';
import { giftOf, takeGiftBack } from './giver.ts';
import type { PackDoors } from './packs/doors.ts';
import { readPacks } from './packs/read-packs.ts';

/** What the mall exchanges points for: a benefit's key is its pack's number. */
export const mallBenefits = (doors: PackDoors): PartnerBenefits => ({
  async list() {
    const packs = (await readPacks(doors.platform)).filter(({ refusal }) => refusal === null || refusal === 'partner_pack_empty' || refusal === 'partner_pack_without_codes');
    return packs.map(({ packNo, partner, names }) => ({ key: String(packNo), names: Object.fromEntries(locales.map((locale) => [locale, `${partner} · ${nameIn(names, locale)}`.slice(0, 60)])) }));
  },
  async grant({ key, benefit, customerNo }) {
    const given = await giftOf(doors, { key: `mall ${key}`, of: benefit, customerNo, by: 'mall', at: doors.platform.clock.now() });
    return { code: given.code };
  },
  takeBack: (key) => takeGiftBack(doors, [`mall ${key}`], 'mall'),
});
