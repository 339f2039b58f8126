import { dayIn } from '../../../../kernel/day.ts';
import { formatDecimal } from '../../../../kernel/decimal.ts';
import type { ActivityDefinition } from '../../contract/activities.ts';
import type { Multiplier } from '../../contract/programme.ts';
import { isDayOf } from './days.ts';

/** An activity as far as orders are concerned: when it was on is told by its own times and by when it stood still. */
export interface Multiplying {
  activityNo: number;
  definition: ActivityDefinition;
  /** From when to when it was paused or over before its end. */
  stops: readonly { from: number; until: number | null }[];
}

/** When an order was placed and paid, and where. */
export interface PlacedOrder {
  placedAt: number;
  /** Null while it is not paid, or where nobody tells. */
  paidAt: number | null;
  channel: string;
}

const minuteMs = 60_000;
/** Hundredths, in the ten-thousandths of decimals. */
const perHundredth = 100n;

/**
 * What activities make of the points of an order. It belongs to the day it was placed, in the brand's zone, whenever it is paid; where an
 * activity says how soon it must be paid, a later payment has lost what it promises.
 */
export function multipliersAt(activities: readonly Multiplying[], order: PlacedOrder, { tier }: { tier: string | null }, timeZone: string): Multiplier[] {
  return activities.filter(({ definition, stops }) => isOn(definition, stops, order, tier, timeZone)).flatMap(({ activityNo, definition: { names, does } }) => {
    if ((does.kind !== 'member_day' && does.kind !== 'double_points') || does.factor === null) return [];
    const { factor, scope: { goods } } = does;
    const when: Multiplier['when'] = goods.are === 'products' ? { kind: 'product', products: goods.products }
      : goods.are === 'categories' ? { kind: 'category', categories: goods.categories }
        : { kind: 'channel', channels: [order.channel] };
    return [{ key: `activity_${activityNo}`, names, when, factor: formatDecimal(BigInt(factor) * perHundredth) }];
  });
}

function isOn({ startsAt, endsAt, tiers, does }: ActivityDefinition, stops: Multiplying['stops'], { placedAt, paidAt, channel }: PlacedOrder, tier: string | null, timeZone: string): boolean {
  if (does.kind !== 'member_day' && does.kind !== 'double_points') return false;
  if (placedAt < Date.parse(startsAt) || (endsAt !== null && placedAt >= Date.parse(endsAt))) return false;
  if (stops.some(({ from, until }) => from <= placedAt && (until === null || placedAt < until))) return false;
  if (tiers.length > 0 && (tier === null || !tiers.includes(tier))) return false;
  if (does.scope.channels.length > 0 && !does.scope.channels.includes(channel)) return false;
  if (does.payWithinMinutes !== null && paidAt !== null && paidAt > placedAt + does.payWithinMinutes * minuteMs) return false;
  return does.kind === 'double_points' || isDayOf(does.days, dayIn(timeZone, new Date(placedAt)));
}
