import { createHash } from 'node:crypto';
import { dayIn } from '../../../../kernel/day.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { AddToDemo } from '../../../collect/public.ts';
import { insertItem } from '../../mall/items/store.ts';
import { insertActivity } from '../plan/store.ts';
import { demoActivities } from './demo-activities.ts';
import { demoItems } from './demo-items.ts';

const by = '常青';
const seedFor = (name: string): Buffer => createHash('sha256').update(`demonstration ${name}`).digest();

/** A few things to exchange points for, and activities that run now or will: rows of a brand, as somebody would have made them. */
export const addDemoActivities: AddToDemo = async (client, { endMs }) => {
  const at = new Date(endMs);
  const { timeZone } = await readBrand(client);
  const itemNos: number[] = [];
  for (const { definition, stock } of demoItems) {
    const { itemNo } = await insertItem(client, definition, by, at);
    await client.query("update mall_item set stock = $2, state = case when (definition ->> 'points')::bigint > 0 then 'listed' else state end where item_no = $1", [itemNo, stock]);
    itemNos.push(itemNo);
  }
  for (const { key, definition } of demoActivities(dayIn(timeZone, at), timeZone, itemNos)) {
    const activityNo = await insertActivity(client, definition, seedFor(key), by, at);
    await client.query("update activity set state = 'published' where activity_no = $1", [activityNo]);
  }
};
