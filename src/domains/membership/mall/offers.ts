import { dayIn } from '../../../kernel/day.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { MallHindrance, MallItem, MallOffer } from '../contract/mall.ts';
import { balanceOf } from '../ledger/person.ts';
import { readPerson } from '../ledger/store/load.ts';
import type { MembershipDoors } from '../part.ts';
import { listedItems } from './items/store.ts';
import { countOrders } from './orders/store.ts';
import { hindranceOf } from './rules/hindrance.ts';
import { participantOf } from './participant.ts';

const mostItems = 500;

/** What somebody can exchange points for at this moment, and of the rest why not. */
export async function offersTo(doors: Pick<MembershipDoors, 'platform' | 'members' | 'programme'>, customerNo: number): Promise<{ available: number; items: MallOffer[]; computedAt: string }> {
  const { pg: pool, clock } = doors.platform;
  const now = clock.now();
  const [{ lineage, isMember, tier }, items, { timeZone }] = await Promise.all([participantOf(doors, customerNo), listedItems(pool, mostItems), readBrand(pool)]);
  const [person, counts] = await Promise.all([readPerson(pool, lineage), countOrders(pool, items.map(({ itemNo }) => itemNo), lineage, dayIn(timeZone, now))]);
  const { available } = balanceOf(person, now.getTime());
  const hindrance = ({ itemNo, definition, stock, taken }: MallItem): MallHindrance | null =>
    hindranceOf(definition, stock === null ? null : stock - taken, { isMember, tier, ...(counts.get(itemNo) ?? { today: 0, total: 0 }) }, now) ?? (definition.points > available ? 'too_few_points' : null);
  return {
    available,
    items: items.map((item) => ({ itemNo: item.itemNo, definition: item.definition, left: item.stock === null ? null : item.stock - item.taken, hindrance: hindrance(item) })),
    computedAt: now.toISOString(),
  };
}
