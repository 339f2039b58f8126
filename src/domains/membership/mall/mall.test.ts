import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainItem as bag } from '../../../../test/mall-shop.ts';
import { createMembershipServer, type MembershipServer } from '../../../../test/membership-server.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { readWaiting } from '../../insights/contract.ts';
import {
  addMallCodes,
  adjustPoints,
  cancelMallOrder,
  changeMallItem,
  changeMallStock,
  confirmMallOrder,
  createMallItem,
  exchangeMallItem,
  listMallItems,
  listMallOrders,
  type MallItemDefinition,
  readExchangesOf,
  readMallItem,
  readMallOf,
  readMallOrder,
  readPoints,
  revealMallRecipient,
  reverseMallOrder,
  setMallRecipient,
  shipMallOrder,
  showMallItem,
} from '../contract.ts';
import { proveLedger } from '../ledger/store/proof.ts';
import { heldOrders } from './held-orders.ts';
import { forgetRecipients } from './recipients.ts';

const everything = 'membership.read membership.adjust membership.checkout membership.mall';
const begin = new Date('2026-06-18T04:00:00Z');
const after = (minutes: number): Date => new Date(begin.getTime() + minutes * 60_000);

describe('the points mall', () => {
  let at: MembershipServer;
  let made = 0;
  const key = (): string => `key ${++made}`;
  beforeAll(async () => {
    at = await createMembershipServer(everything);
    const { pg } = at.platform;
    const version = await publishSample(pg, sampleProgramme(), '2025-01-01T00:00:00Z');
    await pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(1, 400) n');
    await pg.query("insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) select n, '2026-01-05', 'page', 'silver', '2026-01-05', '2026-01-05', $1 from generate_series(1, 399) n", [version]);
  });
  afterAll(() => at.close());

  const give = (customerNo: number, amount: number) => at.ask(adjustPoints, { params: { customerNo }, body: { key: key(), amount, reason: 'x' } });
  const balance = async (customerNo: number) => (await at.ask(readPoints, { params: { customerNo } })).body.balance;
  const item = async (changes: Partial<MallItemDefinition> = {}, stock: number | null = 10): Promise<number> => {
    const { body: { itemNo }, text, status } = await at.ask(createMallItem, { body: { definition: { ...bag, ...changes } } });
    expect(status, text).toBe(201);
    if (stock) await at.ask(changeMallStock, { params: { itemNo }, body: { add: stock } });
    expect((await at.ask(showMallItem, { params: { itemNo }, body: { state: 'listed' } })).status).toBe(200);
    return itemNo;
  };
  const left = async (itemNo: number) => {
    const { body: { stock, taken } } = await at.ask(readMallItem, { params: { itemNo } });
    return stock === null ? null : stock - taken;
  };
  const exchange = (customerNo: number, itemNo: number, more: { key?: string } = {}) => at.ask(exchangeMallItem, { body: { key: key(), customerNo, itemNo, ...more } });
  /** An order has a code of its own. */
  const outcome = ({ status, code }: { status: number; code: string | undefined }): string | undefined => (status === 201 ? 'done' : code);
  const addsUp = async (): Promise<void> => expect(await proveLedger(at.platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });

  it('gives an item for points, once for a key however often it is sent, and answers the same', async () => {
    await give(1, 250);
    const itemNo = await item();
    const sent = key();
    const [first, again] = [await exchange(1, itemNo, { key: sent }), await exchange(1, itemNo, { key: sent })];
    expect(first).toMatchObject({ status: 201, body: { state: 'confirmed', points: 100, isReplay: false } });
    expect(again).toMatchObject({ status: 201, body: { orderNo: first.body.orderNo, isReplay: true } });
    expect(await exchange(2, itemNo, { key: sent })).toMatchObject({ status: 409, code: 'membership.key_used' });
    expect(await balance(1)).toMatchObject({ available: 150, held: 0 });
    expect(await left(itemNo)).toBe(9);
    expect((await at.ask(readWaiting)).body.waiting).toEqual([{ sentence: '1 exchange waits to be sent', to: '/members/mall?tab=orders&ostate=confirmed', isProblem: false }]);
    const shipped = await at.ask(shipMallOrder, { params: { orderNo: first.body.orderNo }, body: { note: '顺丰 SF1' } });
    expect(shipped.body).toMatchObject({ state: 'fulfilled', note: '顺丰 SF1', steps: [{ state: 'opened' }, { state: 'confirmed' }, { state: 'fulfilled', by: 'test staff' }] });
    expect((await at.ask(readWaiting)).body.waiting).toEqual([]);
    await addsUp();
  });

  it('leaves nothing behind of one that is refused, and its key can be used again', async () => {
    await give(3, 99);
    const itemNo = await item();
    const sent = key();
    expect(await exchange(3, itemNo, { key: sent })).toMatchObject({ status: 409, code: 'membership.insufficient_points' });
    expect(await left(itemNo)).toBe(10);
    await give(3, 1);
    expect(await exchange(3, itemNo, { key: sent })).toMatchObject({ status: 201, body: { isReplay: false } });
    expect(await balance(3)).toMatchObject({ available: 0 });
    expect(await left(itemNo)).toBe(9);
  });

  it('refuses who is no member, not of the tier, too early, too late or too often, and says why beforehand', async () => {
    await give(4, 10_000);
    const expected: [Partial<MallItemDefinition>, string, number][] = [
      [{ tiers: ['gold'] }, 'not_for_tier', 4],
      [{ startsAt: after(60).toISOString() }, 'not_begun', 4],
      [{ endsAt: begin.toISOString() }, 'ended', 4],
      [{}, 'not_a_member', 400],
    ];
    for (const [changes, code, customerNo] of expected) {
      const itemNo = await item(changes);
      expect(await exchange(customerNo, itemNo)).toMatchObject({ status: 409, code: `membership.mall_${code}` });
      expect((await at.ask(readMallOf, { params: { customerNo } })).body.items.find((each) => each.itemNo === itemNo)?.hindrance).toBe(code);
    }
    const limited = await item({ limits: { perDay: 2, total: 3 } });
    expect([await exchange(4, limited), await exchange(4, limited), await exchange(4, limited)].map(outcome)).toEqual(['done', 'done', 'membership.mall_day_limit']);
    // Midnight in Shanghai is at 16:00 of universal time: a new day of the brand begins, and not of the server.
    at.setTime('2026-06-18T16:00:00Z');
    expect([await exchange(4, limited), await exchange(4, limited)].map(outcome)).toEqual(['done', 'membership.mall_total_limit']);
    at.setTime(begin);
    const draft = (await at.ask(createMallItem, { body: { definition: bag } })).body.itemNo;
    expect(await exchange(4, draft)).toMatchObject({ status: 409, code: 'membership.mall_not_listed' });
    expect(await exchange(999, limited)).toMatchObject({ status: 404, code: 'membership.nobody' });
    expect(await exchange(4, 99_999)).toMatchObject({ status: 404, code: 'membership.mall_item_not_found' });
  });

  it('case 16: points are one balance, wherever they were earned and wherever they are spent', async () => {
    await give(5, 100);
    const [itemNo, other] = [await item({ points: 70 }), await item({ points: 40 })];
    expect((await exchange(5, itemNo)).status).toBe(201);
    expect(await exchange(5, other)).toMatchObject({ status: 409, code: 'membership.insufficient_points' });
    expect(await balance(5)).toMatchObject({ available: 30 });
  });

  it('case 17: what waits for money too long goes back whole, lots with their ends unchanged; a late payment is refused', async () => {
    const expiresAt = after(10_000).toISOString();
    await at.ask(adjustPoints, { params: { customerNo: 6 }, body: { key: key(), amount: 100, reason: 'x', expiresAt } });
    const lots = (await at.ask(readPoints, { params: { customerNo: 6 } })).body.lots;
    const itemNo = await item({ money: '19.90' });
    const { body: { orderNo, state, money } } = await exchange(6, itemNo);
    expect([state, money, await balance(6), await left(itemNo)]).toMatchObject(['reserved', '19.9', { available: 0, held: 100 }, 9]);
    at.setTime(after(30));
    expect(await at.ask(confirmMallOrder, { params: { orderNo }, body: {} })).toMatchObject({ status: 409, code: 'membership.mall_order_too_late' });
    expect(await at.membership.mall.tidyUp()).toBe(1);
    expect((await at.ask(readMallOrder, { params: { orderNo } })).body).toMatchObject({ state: 'cancelled', reason: 'timeout' });
    expect(await balance(6)).toMatchObject({ available: 100, held: 0 });
    expect(await left(itemNo)).toBe(10);
    expect((await at.ask(readPoints, { params: { customerNo: 6 } })).body.lots).toEqual(lots);
    expect(await at.ask(confirmMallOrder, { params: { orderNo }, body: {} })).toMatchObject({ status: 409, code: 'membership.mall_order_cancelled' });
    at.setTime(begin);
    await addsUp();
  });

  it('spends what was put aside when it is paid, and lets it go when it is called off; each said twice is done once', async () => {
    await give(7, 300);
    const itemNo = await item({ money: '5', delivery: { kind: 'made_codes', prefix: 'TEA' } }, null);
    const [paid, left1] = [(await exchange(7, itemNo)).body.orderNo, (await exchange(7, itemNo)).body.orderNo];
    const confirm = () => at.ask(confirmMallOrder, { params: { orderNo: paid }, body: { document: 'PAY-1' } });
    const [one, two] = [await confirm(), await confirm()];
    expect(one.body).toMatchObject({ state: 'fulfilled', document: 'PAY-1', code: expect.stringMatching(/^TEA(-[0-9A-Z]{4}){4}$/) });
    expect(two.body).toEqual(one.body);
    const cancel = () => at.ask(cancelMallOrder, { params: { orderNo: left1 } });
    expect([(await cancel()).body.state, (await cancel()).body.state]).toEqual(['cancelled', 'cancelled']);
    expect(await at.ask(cancelMallOrder, { params: { orderNo: paid } })).toMatchObject({ status: 409, code: 'membership.mall_order_fulfilled' });
    expect(await balance(7)).toMatchObject({ available: 200, held: 0 });
    expect((await at.ask(readMallOrder, { params: { orderNo: paid } })).body.code).toMatch(/^····/);
    expect((await at.ask(readExchangesOf, { params: { customerNo: 7 } })).body.orders.find(({ orderNo }) => orderNo === paid)?.code).toBe(one.body.code);
    await addsUp();
  });

  it('gives points back to the lots they came from and the item to its stock when an exchange is reversed, once', async () => {
    await at.ask(adjustPoints, { params: { customerNo: 8 }, body: { key: key(), amount: 60, reason: 'x', expiresAt: after(5_000).toISOString() } });
    await give(8, 60);
    const before = (await at.ask(readPoints, { params: { customerNo: 8 } })).body.lots;
    const itemNo = await item();
    const { body: { orderNo } } = await exchange(8, itemNo);
    const reverse = () => at.ask(reverseMallOrder, { params: { orderNo }, body: { reason: '发错了', returnsStock: true } });
    expect([(await reverse()).body.state, (await reverse()).body.state]).toEqual(['reversed', 'reversed']);
    expect((await at.ask(readPoints, { params: { customerNo: 8 } })).body.lots).toEqual(before);
    expect(await left(itemNo)).toBe(10);
    await addsUp();
  });

  it('gives each code of others once, and never again after it was seen', async () => {
    await give(9, 1_000);
    const itemNo = await item({ delivery: { kind: 'codes' } }, null);
    expect(await exchange(9, itemNo)).toMatchObject({ status: 409, code: 'membership.mall_sold_out' });
    const add = (text: string) => at.ask(addMallCodes, { params: { itemNo }, body: { text } });
    expect((await add('AAA-1\nAAA-2\r\n\nAAA-1\n')).body).toMatchObject({ added: 2, repeated: 1, item: { stock: 2 } });
    expect((await add('AAA-2\nAAA-3')).body).toMatchObject({ added: 1, repeated: 1, item: { stock: 3 } });
    expect(await add(`ok\n${'x'.repeat(201)}`)).toMatchObject({ status: 400, code: 'membership.mall_code_wrong' });
    const orders = [await exchange(9, itemNo), await exchange(9, itemNo)];
    expect(orders.map(({ body }) => body.code)).toEqual(['AAA-1', 'AAA-2']);
    await at.ask(reverseMallOrder, { params: { orderNo: orders[0].body.orderNo }, body: { reason: 'x', returnsStock: true } });
    expect([(await exchange(9, itemNo)).body.code, (await exchange(9, itemNo)).code]).toEqual(['AAA-3', 'membership.mall_sold_out']);
    expect(await at.ask(changeMallStock, { params: { itemNo }, body: { add: 5 } })).toMatchObject({ status: 409, code: 'membership.mall_stock_is_codes' });
    const { rows } = await at.platform.pg.query("select from mall_code where position('AAA'::bytea in sealed) > 0");
    expect(rows).toEqual([]);
  });

  it('lists items and exchanges by what they are, sorted as asked, and keeps edits apart', async () => {
    const { body: items } = await at.ask(listMallItems, { query: { kind: 'codes' } });
    expect(items.rows.map(({ definition }) => definition.delivery.kind)).toEqual(['codes']);
    const sorted = (await at.ask(listMallItems, { query: { sort: '-points', pageSize: 200 } })).body.rows.map(({ definition }) => definition.points);
    expect(sorted).toEqual(sorted.toSorted((a, b) => b - a));
    const { body: orders } = await at.ask(listMallOrders, { query: { customer: 8 } });
    expect(orders.rows.map(({ customerNo, state }) => [customerNo, state])).toEqual([[8, 'reversed']]);
    const itemNo = await item();
    const change = (version: number, changes: Partial<MallItemDefinition> = {}) => at.ask(changeMallItem, { params: { itemNo }, body: { version, definition: { ...bag, points: 120, ...changes } } });
    const { body: { version } } = await at.ask(readMallItem, { params: { itemNo } });
    expect([(await change(version)).status, (await change(version)).code, (await change(version + 1, { delivery: { kind: 'codes' } })).code]).toEqual([200, 'membership.mall_item_changed', 'membership.mall_delivery_stays']);
    expect(await at.ask(changeMallStock, { params: { itemNo }, body: { add: -11 } })).toMatchObject({ status: 409, code: 'membership.mall_stock_taken' });
    expect(await at.ask(createMallItem, { body: { definition: { ...bag, delivery: { kind: 'partner', benefit: 'film' } } } })).toMatchObject({ status: 400, code: 'membership.benefit_not_given' });
  });

  it('check 8: never gives more than there is, to two hundred at once, and tells each of the others why', async () => {
    const itemNo = await item({ points: 10 }, 17);
    const people = Array.from({ length: 200 }, (_, i) => 100 + i);
    await Promise.all(people.map((no) => give(no, 15)));
    const replies = await Promise.all(people.map((no) => exchange(no, itemNo)));
    const count = (wanted: string): number => replies.filter((reply) => outcome(reply) === wanted).length;
    expect([count('done'), count('membership.mall_sold_out')]).toEqual([17, 183]);
    expect(await left(itemNo)).toBe(0);
    const { rows: [{ spent }] } = await at.platform.pg.query<{ spent: number }>("select sum(-amount)::int as spent from points_entry where kind = 'spend' and customer_no between 100 and 299");
    expect(spent).toBe(170);
    await addsUp();
  });

  it('check 8: carries out one of sixty exchanges of one person at once, where one is allowed or there are points for one', async () => {
    const [once, dear] = [await item({ points: 1, limits: { perDay: null, total: 1 } }, 500), await item({ points: 100 }, 500)];
    for (const no of [310, 311]) await give(no, 100);
    const codes = async (no: number, itemNo: number) => (await Promise.all(Array.from({ length: 60 }, () => exchange(no, itemNo)))).map(outcome);
    const [limited, poor] = [await codes(310, once), await codes(311, dear)];
    expect([limited.filter((code) => code === 'done').length, new Set(limited)]).toEqual([1, new Set(['done', 'membership.mall_total_limit'])]);
    expect([poor.filter((code) => code === 'done').length, new Set(poor)]).toEqual([1, new Set(['done', 'membership.insufficient_points'])]);
    expect([await left(once), await left(dear)]).toEqual([499, 499]);
  });

  it('knows where a parcel goes: sealed, told in full to who sends it, until it was sent, and forgotten some time after', async () => {
    await give(321, 500);
    const [parcel, coupon] = [await item(), await item({ delivery: { kind: 'made_codes', prefix: '' } })];
    const { body: { orderNo } } = await exchange(321, parcel);
    const recipient = { name: '沈知夏', phone: '13800138000', address: '南京西路 1 号 2 楼' };
    const set = (no: number, body: typeof recipient = recipient) => at.ask(setMallRecipient, { params: { orderNo: no }, body });
    const reveal = (permissions = everything) => at.ask(revealMallRecipient, { params: { orderNo } }, { permissions });
    expect(await reveal()).toMatchObject({ status: 404, code: 'membership.no_recipient' });
    expect(await set((await exchange(321, coupon)).body.orderNo)).toMatchObject({ status: 409, code: 'membership.mall_nothing_to_send' });
    expect(await set(orderNo, { ...recipient, phone: '请致电' })).toMatchObject({ status: 400 });
    const said = await set(orderNo, { ...recipient, address: '旧地址 12345' });
    expect([said.status, said.body.hasRecipient, said.text.includes('旧地址')]).toEqual([200, true, false]);
    await set(orderNo);
    expect((await reveal()).body).toEqual(recipient);
    expect((await reveal('membership.read membership.checkout')).status).toBe(403);
    const { rows: [kept] } = await at.platform.pg.query<{ sealed: Buffer }>('select sealed from mall_recipient where order_no = $1', [orderNo]);
    expect(kept.sealed.toString('utf8')).not.toMatch(/沈知夏|13800138000|南京/);
    const person = { customerNos: [321], identifiers: [] };
    expect(await Array.fromAsync(heldOrders(at.platform).export(person))).toContainEqual(expect.objectContaining({ orderNo, recipient }));
    await at.ask(shipMallOrder, { params: { orderNo }, body: { note: '顺丰 SF2' } });
    expect(await set(orderNo)).toMatchObject({ status: 409, code: 'membership.mall_nothing_to_send' });
    expect(await forgetRecipients(at.platform)).toBe(0);
    at.setTime(after(91 * 1_440));
    expect(await forgetRecipients(at.platform)).toBe(1);
    at.setTime(begin);
    expect((await reveal()).status).toBe(404);
  });

  it('goes out with an export, and with an erasure puts back what was not given yet', async () => {
    await give(320, 500);
    const itemNo = await item({ money: '1' });
    await exchange(320, itemNo);
    const held = heldOrders(at.platform);
    const person = { customerNos: [320], identifiers: [] };
    expect([await held.count(person), (await Array.fromAsync(held.export(person))).length, await left(itemNo)]).toEqual([1, 1, 9]);
    expect([await held.erase(person), await held.count(person), await left(itemNo)]).toEqual([1, 0, 10]);
  });
});
