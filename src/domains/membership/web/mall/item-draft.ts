import type { MallDelivery, MallItem, MallItemDefinition } from '../../contract.ts';
import { namesOf } from '../names-of.ts';
import { momentAt, type Wall, wallOf } from '../../../../kernel/wall-clock.ts';

/** An item as a form holds it. */
export interface ItemDraft {
  names: Record<string, string | undefined>;
  note: string;
  icon: MallItemDefinition['icon'];
  color: string;
  points: number | null;
  money: string;
  kind: MallDelivery['kind'];
  prefix: string;
  benefit?: string;
  perDay: number | null;
  total: number | null;
  tiers: string[];
  startsAt?: Wall | null;
  endsAt?: Wall | null;
  payMinutes: number;
}

export const colors = ['#1f6f54', '#2f6fde', '#b0651d', '#a8323e', '#6a4fb3', '#2a7f8f', '#7a6a2f', '#4a5568'];

const begun: ItemDraft = { names: {}, note: '', icon: 'gift', color: colors[0], points: null, money: '', kind: 'shipment', prefix: '', perDay: null, total: null, tiers: [], payMinutes: 30 };

export function itemDraftOf(item: MallItem | null, timeZone: string, wall: (text: string) => Wall): ItemDraft {
  if (!item) return begun;
  const { names, note, icon, color, points, money, delivery, limits, tiers, startsAt, endsAt, payMinutes } = item.definition;
  return {
    names, note, icon, color, points, money: money === '0' ? '' : money, kind: delivery.kind, prefix: delivery.kind === 'made_codes' ? delivery.prefix : '', ...(delivery.kind === 'partner' ? { benefit: delivery.benefit } : {}),
    ...limits, tiers, startsAt: startsAt === null ? null : wall(wallOf(startsAt, timeZone)), endsAt: endsAt === null ? null : wall(wallOf(endsAt, timeZone)), payMinutes,
  };
}

function deliveryOf({ kind, prefix, benefit }: ItemDraft): MallDelivery {
  if (kind === 'made_codes') return { kind, prefix: prefix.toUpperCase() };
  return kind === 'partner' ? { kind, benefit: benefit ?? '' } : { kind };
}

/** What a form asks for. */
export function definitionOf(values: ItemDraft, timeZone: string): MallItemDefinition {
  const draft = { ...begun, ...values };
  return {
    names: namesOf(draft.names), note: draft.note, icon: draft.icon, color: draft.color, points: draft.points ?? 0, money: draft.money.trim() === '' ? '0' : draft.money.trim(), delivery: deliveryOf(draft),
    limits: { perDay: draft.perDay ?? null, total: draft.total ?? null }, tiers: draft.tiers, startsAt: draft.startsAt ? momentAt(draft.startsAt, timeZone) : null, endsAt: draft.endsAt ? momentAt(draft.endsAt, timeZone) : null, payMinutes: draft.payMinutes,
  };
}
