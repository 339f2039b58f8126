import type pg from 'pg';
import { plainItem } from './mall-shop.ts';
import { signIn } from './sample-activity.ts';

/** Calls an endpoint and expects that it wrote this action to the audit log; answers with its body. */
export type Drive = (name: string, action: string | null, payload?: object, params?: Record<string, string | number>) => Promise<Record<string, unknown>>;

/** Somebody who is a member, whom staff do things for. */
const member = { customerNo: 9_001 };

async function addMember(pool: pg.Pool): Promise<void> {
  await pool.query('insert into customer (customer_no, created_at) values ($1, now())', [member.customerNo]);
  await pool.query(
    `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
      select $1, '2026-01-05', 'page', 'silver', '2026-01-05', '2026-01-05', min(version_no) from programme_version where state = 'published'`, [member.customerNo]);
}

/** Everything that is written about items of the mall and exchanges, in the order of a day. */
export async function driveMall(drive: Drive, pool: pg.Pool): Promise<void> {
  await addMember(pool);
  await drive('POST /api/members/:customerNo/points/adjustments', 'membership.adjust', { key: 'mall', amount: 100, reason: 'x' }, member);
  const definition = { ...plainItem, points: 10 };
  const make = (changes: object) =>
    drive('POST /api/mall/items', 'membership.create_mall_item', { definition: { ...definition, ...changes } }) as Promise<{ itemNo: number; version: number }>;
  const { itemNo, version } = await make({ money: '5' });
  await drive('PUT /api/mall/items/:itemNo', 'membership.change_mall_item', { version, definition: { ...definition, money: '6' } }, { itemNo });
  await drive('POST /api/mall/items/:itemNo/stock', 'membership.change_mall_stock', { add: 5 }, { itemNo });
  await drive('POST /api/mall/items/:itemNo/state', 'membership.show_mall_item', { state: 'listed' }, { itemNo });
  await drive('POST /api/mall/items/:itemNo/codes', 'membership.add_mall_codes', { text: 'A1' }, await make({ delivery: { kind: 'codes' } }));
  const exchange = (key: string) => drive('POST /api/mall/orders', 'membership.exchange', { key, ...member, itemNo }) as Promise<{ orderNo: number }>;
  const order = await exchange('a');
  await drive('POST /api/mall/orders/:orderNo/confirm', 'membership.confirm_exchange', { document: 'P-1' }, order);
  await drive('PUT /api/mall/orders/:orderNo/recipient', 'membership.set_recipient', { name: 'Li', phone: '13800138000', address: 'Nanjing Rd 1' }, order);
  await drive('GET /api/mall/orders/:orderNo/recipient', 'membership.reveal_recipient', undefined, order);
  await drive('POST /api/mall/orders/:orderNo/shipment', 'membership.ship_exchange', { note: 'SF 1' }, order);
  await drive('POST /api/mall/orders/:orderNo/reversal', 'membership.reverse_exchange', { reason: 'x', returnsStock: true }, order);
  await drive('POST /api/mall/orders/:orderNo/cancel', 'membership.cancel_exchange', undefined, await exchange('b'));
}

/** Everything that is written about activities, from the draft to the end. */
export async function driveActivities(drive: Drive): Promise<void> {
  const definition = {
    names: { en: 'Sign in' },
    startsAt: '2099-01-01T00:00:00Z',
    endsAt: null,
    tiers: [],
    limits: { perDay: null, total: null },
    budget: null,
    validDays: null,
    does: signIn({ bonuses: [] }),
  };
  const make = () => drive('POST /api/activities', 'membership.create_activity', { definition }) as Promise<{ activityNo: number; version: number }>;
  await drive('DELETE /api/activities/:activityNo', 'membership.delete_activity', undefined, await make());
  await drive('POST /api/activities/preview', null, { definition });
  const activity = await make();
  await drive('PUT /api/activities/:activityNo', 'membership.change_activity', { version: activity.version, definition: { ...definition, startsAt: '2026-01-01T00:00:00Z' } }, activity);
  const turn = (to: string) => drive('POST /api/activities/:activityNo/state', `membership.${to}_activity`, { turn: to }, activity);
  for (const to of ['publish', 'pause', 'resume']) await turn(to);
  await drive('POST /api/activities/:activityNo/participations', 'membership.take_part', { key: 'a', ...member }, activity);
  await drive('POST /api/activities/:activityNo/audience', 'audiences.create', { name: '签到的人' }, activity);
  await turn('end');
}
