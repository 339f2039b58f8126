import type { Actor } from '../../../../kernel/actor.ts';
import { conflict, Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import type { MallItem, MallItemDefinition } from '../../contract/mall.ts';
import { nameIn } from '../../contract/programme.ts';
import { insertCodes } from '../codes.ts';
import type { PartnerBenefits } from '../partner-benefits.ts';
import { addStock, demandItem, insertItem, updateItem } from './store.ts';

export interface ItemDoors {
  platform: Platform;
  partners: PartnerBenefits;
}

const subjectOf = (itemNo: number): string => `mall_item:${itemNo}`;
const detailsOf = ({ definition: { names, points, money, delivery }, state }: Pick<MallItem, 'definition' | 'state'>) => ({ name: nameIn(names, 'zh-CN'), points, money, kind: delivery.kind, state });

async function checkDelivery({ partners }: ItemDoors, { delivery }: MallItemDefinition): Promise<void> {
  if (delivery.kind !== 'partner' || (await partners.list()).some(({ key }) => key === delivery.benefit)) return;
  throw new Problem('membership.benefit_not_given', { params: { benefit: delivery.benefit }, fields: [{ path: 'body.definition.delivery.benefit', code: 'not_found' }] });
}

export async function createItem(doors: ItemDoors, definition: MallItemDefinition, actor: Actor): Promise<MallItem> {
  await checkDelivery(doors, definition);
  return inTransaction(doors.platform.pg, async (client) => {
    const item = await insertItem(client, definition, actor.name, doors.platform.clock.now());
    await recordAudit(client, { actor, action: 'membership.create_mall_item', subject: subjectOf(item.itemNo), details: detailsOf(item) });
    return item;
  });
}

/** Changes an item on the version it was read in. How it reaches people stays, once somebody exchanged for it. */
export async function changeItem(doors: ItemDoors, itemNo: number, { version, definition }: { version: number; definition: MallItemDefinition }, actor: Actor): Promise<MallItem> {
  await checkDelivery(doors, definition);
  return inTransaction(doors.platform.pg, async (client) => {
    const before = await demandItem(client, itemNo, 'for update');
    if (before.version !== version) throw conflict('membership.mall_item_changed');
    if (before.definition.delivery.kind !== definition.delivery.kind) throw conflict('membership.mall_delivery_stays');
    const item = await updateItem(client, { itemNo, definition, state: before.state }, actor.name, doors.platform.clock.now());
    await recordAudit(client, { actor, action: 'membership.change_mall_item', subject: subjectOf(itemNo), details: detailsOf(item) });
    return item;
  });
}

/** Lists an item or takes it off. What costs nothing is a prize of activities, and never listed. */
export async function showItem({ platform }: ItemDoors, itemNo: number, state: 'listed' | 'unlisted', actor: Actor): Promise<MallItem> {
  return inTransaction(platform.pg, async (client) => {
    const { definition } = await demandItem(client, itemNo, 'for update');
    if (state === 'listed' && definition.points === 0) throw conflict('membership.mall_item_is_free');
    const item = await updateItem(client, { itemNo, definition, state }, actor.name, platform.clock.now());
    await recordAudit(client, { actor, action: 'membership.show_mall_item', subject: subjectOf(itemNo), details: detailsOf(item) });
    return item;
  });
}

export async function changeStock({ platform }: ItemDoors, itemNo: number, add: number, actor: Actor): Promise<MallItem> {
  return inTransaction(platform.pg, async (client) => {
    const { definition: { delivery }, stock, taken } = await demandItem(client, itemNo, 'for update');
    if (delivery.kind === 'codes') throw conflict('membership.mall_stock_is_codes');
    const item = await addStock(client, itemNo, add);
    if (!item) throw conflict('membership.mall_stock_taken', { left: (stock ?? taken) - taken });
    await recordAudit(client, { actor, action: 'membership.change_mall_stock', subject: subjectOf(itemNo), details: { add, stock: item.stock } });
    return item;
  });
}

const longestCode = 200;
const mostCodes = 20_000;

/** Takes in codes, a line each; those that are there already are counted and left out. */
export async function addCodes({ platform }: ItemDoors, itemNo: number, text: string, actor: Actor): Promise<{ added: number; repeated: number; item: MallItem }> {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  const wrong = lines.findIndex((line) => line.length > longestCode || /[\p{Cc}\p{Cs}]/u.test(line));
  if (wrong >= 0) throw new Problem('membership.mall_code_wrong', { params: { line: wrong + 1, most: longestCode }, fields: [{ path: 'body.text', code: 'invalid' }] });
  if (lines.length > mostCodes) throw new Problem('membership.mall_too_many_codes', { params: { most: mostCodes } });
  return inTransaction(platform.pg, async (client) => {
    const { definition: { delivery } } = await demandItem(client, itemNo, 'for update');
    if (delivery.kind !== 'codes') throw conflict('membership.mall_takes_no_codes');
    const added = await insertCodes(client, platform.secret, itemNo, [...new Set(lines)]);
    const item = (added > 0 ? await addStock(client, itemNo, added) : null) ?? await demandItem(client, itemNo);
    await recordAudit(client, { actor, action: 'membership.add_mall_codes', subject: subjectOf(itemNo), details: { added, stock: item.stock } });
    return { added, repeated: lines.length - added, item };
  });
}
