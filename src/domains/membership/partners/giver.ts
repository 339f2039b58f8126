import { notFound } from '../../../kernel/problem.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { BenefitGiver, Giving } from '../benefits/givers/giver.ts';
import { nameIn } from '../contract/programme.ts';
import type { PackDoors } from './packs/doors.ts';
import { type Given, grantBenefit } from './packs/grant.ts';
import { readPacks } from './packs/read-packs.ts';
import { reverseGrant } from './packs/take-back.ts';

/** One benefit of a pack is one command: a gift of three is three, each under a key of its own. */
const keysOf = ({ key, gift }: Giving): string[] => Array.from({ length: gift.amount }, (_, n) => `gift ${key} ${n + 1}`);

interface Asked {
  key: string;
  /** A pack's number. */
  of: string;
  customerNo: number;
  by: string;
  at: Date;
}

/** Gives one benefit of the pack that a gift names; 404 where it names none. */
export async function giftOf(doors: PackDoors, { key, of, customerNo, by, at }: Asked): Promise<Given> {
  if (!/^[1-9]\d{0,8}$/.test(of)) throw notFound('membership.partner_pack_not_found', { packNo: of });
  return grantBenefit(doors, { key, by, at }, Number(of), customerNo);
}

/** Takes back what was given under keys and not used; of the partner's own codes, which somebody has seen, none is given again. */
export async function takeGiftBack(doors: PackDoors, keys: readonly string[], by: string): Promise<void> {
  const { pg: pool, clock } = doors.platform;
  const { rows } = await pool.query<{ grantNo: number; codes: string }>(
    `select grant_no as "grantNo", codes from partner_command join partner_grant on grant_no = (outcome ->> 'grantNo')::bigint join partner_pack using (pack_no)
      where command_key = any($1::text[]) and used_at is null and reversed_at is null order by grant_no`, [keys]);
  for (const { grantNo, codes } of rows) await reverseGrant(doors, { key: `take back ${grantNo}`, by, at: clock.now() }, { grantNo, reason: by, returns: codes !== 'uploaded' });
}

/** Benefits of partners, for gifts of tiers and activities. `of` is a pack's number. */
export function partnerGiver(doors: PackDoors, say: Say): BenefitGiver {
  const { platform } = doors;
  return {
    kind: 'partner',
    isSpentOnArrival: false,
    name: (locale) => say(locale, 'membership', 'partners.giver.name'),
    async choices(locale) {
      return (await readPacks(platform)).filter(({ refusal }) => refusal === null)
        .map((pack) => ({ of: String(pack.packNo), name: `${pack.partner} · ${nameIn(pack.names, locale)}`, left: pack.freeCodes === null ? pack.left : Math.min(pack.freeCodes, pack.left ?? pack.freeCodes) }));
    },
    async describe({ of, amount }, locale) {
      const pack = (await readPacks(platform)).find((each) => String(each.packNo) === of);
      return say(locale, 'membership', 'partners.giver.gift', { count: amount, name: pack ? `${pack.partner} · ${nameIn(pack.names, locale)}` : of });
    },
    async grant(giving) {
      const codes: string[] = [];
      for (const key of keysOf(giving)) {
        const given = await giftOf(doors, { key, of: giving.gift.of, customerNo: giving.customerNo, by: giving.title, at: new Date(giving.at) });
        codes.push(given.code ?? given.reference);
      }
      return { codes };
    },
    takeBack: (giving) => takeGiftBack(doors, keysOf(giving), giving.title),
  };
}
