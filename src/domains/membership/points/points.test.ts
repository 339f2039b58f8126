import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMembershipServer, type MembershipServer } from '../../../../test/membership-server.ts';
import type { Endpoint, EndpointRequest } from '../../../kernel/endpoint.ts';
import { lineagesOf } from '../../customers/public.ts';
import { adjustPoints, commitHold, givePointsBack, holdPoints, listPointsEntries, readPoints, releaseHold, spendPoints } from '../contract.ts';
import { proveLedger } from '../ledger/store/proof.ts';
import { figureSource } from './figures.ts';
import { heldPoints } from './held-points.ts';

const everything = 'membership.read membership.adjust membership.checkout';
const dayMs = 86_400_000;

describe('the points of a person', () => {
  let test: MembershipServer;
  let now = new Date('2026-06-18T04:00:00Z');
  let made = 0;
  const at = (moment: Date): void => test.setTime((now = moment));
  const ask = <E extends Endpoint>(endpoint: E, request: EndpointRequest<E> = {}, permissions = everything, locale = 'en') => test.ask(endpoint, request, { permissions, locale });
  beforeAll(async () => {
    test = await createMembershipServer(everything);
    at(now);
    // 5 became part of 4, which became part of 3; 9 was erased.
    await test.platform.pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(1, 8) n');
    await test.platform.pg.query('update customer set status = 1, merged_into = customer_no - 1, merged_at = now() where customer_no in (4, 5)');
  });
  afterAll(() => test.close());

  const key = (): string => `key ${++made}`;
  const give = (customerNo: number, amount: number, more: { expiresAt?: string; key?: string } = {}) => ask(adjustPoints, { params: { customerNo }, body: { key: key(), amount, reason: '补偿', ...more } });

  it('are given and taken by hand, with a reason that stays, once however often it is sent', async () => {
    const sent = { params: { customerNo: 1 }, body: { key: key(), amount: 120, reason: '发货延误', expiresAt: new Date(now.getTime() + 10 * dayMs).toISOString() } };
    const [first, second] = [await ask(adjustPoints, sent), (at(new Date(now.getTime() + 1_000)), await ask(adjustPoints, sent))];
    expect(first.status, first.text).toBe(200);
    expect([first.body.isReplay, second.body.isReplay, second.body.balance]).toEqual([false, true, { available: 120, pending: 0, held: 0, debt: 0 }]);
    expect(await ask(adjustPoints, { ...sent, body: { ...sent.body, amount: 121 } })).toMatchObject({ status: 409, code: 'membership.key_used' });
    expect(await give(1, -20)).toMatchObject({ status: 200, body: { amount: -20, balance: { available: 100 } } });
    expect(await give(1, -101)).toMatchObject({ status: 409, code: 'membership.insufficient_points' });
    const { rows } = await test.platform.pg.query("select details from audit_log where action = 'membership.adjust' order by seq");
    expect(rows).toEqual([{ details: { amount: 120, reason: '发货延误' } }, { details: { amount: -20, reason: '补偿' } }]);
    const { body } = await ask(readPoints, { params: { customerNo: 1 } });
    expect(body).toMatchObject({ customerNo: 1, endingSoon: 100, lots: [{ amount: 120, remaining: 100 }] });
    const history = await ask(listPointsEntries, { params: { customerNo: 1 } }, everything, 'zh-CN');
    expect(history.body.entries.map(({ sentence, amount }) => [sentence, amount])).toEqual([['test staff 手工扣减：补偿', -20], ['test staff 手工发放：发货延误', 120]]);
    expect(history.body.entries[0].lots).toEqual([{ lotNo: body.lots[0].lotNo, amount: 20, earnedAt: body.lots[0].earnedAt, expiresAt: body.lots[0].expiresAt }]);
  });

  it('are put aside, spent and given back at a checkout, under the keys of the shop', async () => {
    await give(2, 50);
    const hold = { key: key(), customerNo: 2, amount: 30, document: 'O-1' };
    expect((await ask(holdPoints, { body: hold })).body.balance).toMatchObject({ available: 20, held: 30 });
    expect(await ask(spendPoints, { body: { key: key(), customerNo: 2, amount: 21, document: 'O-2' } })).toMatchObject({ status: 409 });
    const spent = key();
    expect((await ask(commitHold, { body: { key: spent, customerNo: 2, holdKey: hold.key, amount: 25, document: 'O-1' } })).body).toMatchObject({ amount: -25, balance: { available: 25, held: 0 } });
    expect((await ask(givePointsBack, { body: { key: key(), customerNo: 2, of: spent, amount: 10, document: 'R-1' } })).body.balance.available).toBe(35);
    const another = { key: key(), customerNo: 2, amount: 5, document: '' };
    await ask(holdPoints, { body: another });
    expect((await ask(releaseHold, { body: { key: key(), customerNo: 2, holdKey: another.key } })).body.balance).toMatchObject({ available: 35, held: 0 });
    const { body } = await ask(listPointsEntries, { params: { customerNo: 2 }, query: { limit: 2 } });
    expect(body.entries.map(({ sentence }) => sentence)).toEqual(['Given back because of R-1', 'Spent on O-1']);
    const rest = await ask(listPointsEntries, { params: { customerNo: 2 }, query: { before: body.next ?? 0 } });
    expect([rest.body.entries.length, rest.body.next]).toEqual([1, null]);
  });

  it('are one for all numbers of a person, and nobody has those of a number that was never given', async () => {
    for (const customerNo of [3, 4, 5]) await give(customerNo, 10);
    expect((await ask(readPoints, { params: { customerNo: 5 } })).body).toMatchObject({ customerNo: 3, balance: { available: 30 } });
    expect((await ask(spendPoints, { body: { key: key(), customerNo: 4, amount: 25, document: '' } })).body.balance.available).toBe(5);
    expect([...(await lineagesOf(test.platform.pg, [3, 4, 5, 8, 999]))].toSorted(([a], [b]) => a - b)).toEqual([[3, [3, 4, 5]], [4, [3, 4, 5]], [5, [3, 4, 5]], [8, [8]]]);
    expect(await give(999, 1)).toMatchObject({ status: 404, code: 'membership.nobody' });
    expect((await ask(readPoints, { params: { customerNo: 999 } })).status).toBe(404);
  });

  it('are for those alone who may: to see, to give by hand, to spend at a checkout', async () => {
    const spend = { body: { key: key(), customerNo: 2, amount: 1, document: '' } };
    expect((await ask(spendPoints, spend, 'membership.read membership.adjust')).status).toBe(403);
    expect((await ask(adjustPoints, { params: { customerNo: 2 }, body: { key: key(), amount: 1, reason: 'x' } }, 'membership.read membership.checkout')).status).toBe(403);
    expect((await ask(readPoints, { params: { customerNo: 2 } }, 'membership.checkout')).status).toBe(403);
    for (const amount of [0, 1.5, 1e12]) expect((await give(2, amount)).status).toBe(400);
    expect((await ask(spendPoints, { body: { ...spend.body, amount: -5 } })).status).toBe(400);
  });

  it('check 11: numbers that are none, or too large, are refused, and nothing of them is stored', async () => {
    const { platform, server } = test;
    const written = async () => (await platform.pg.query('select (select count(*) from points_entry) as entries, (select count(*) from points_command) as commands, (select count(*) from points_hold) as holds')).rows;
    const before = await written();
    const odd = ['-1', '0', '9007199254740992', '1e400', 'NaN', '"１００"', '"100"', '0.30000000000000004', '1.5', 'null', 'true', '[1]', '{}', '1000000001'];
    const places: [url: string, rest: string][] = [
      ['/api/members/8/points/adjustments', '"reason":"x"'], ['/api/points/spending', '"customerNo":8,"document":""'], ['/api/points/holds', '"customerNo":8,"document":""'],
      ['/api/points/returns', '"customerNo":8,"of":"x","document":""'],
    ];
    for (const [url, rest] of places) {
      for (const amount of odd) {
        const reply = await server.inject({ method: 'POST', url, payload: `{"key":"odd","amount":${amount},${rest}}`, headers: { 'content-type': 'application/json', 'x-test-permissions': everything } });
        // By hand points may be taken, by an amount below zero: there are none to take.
        const isTaking = amount === '-1' && url.includes('adjustments');
        expect(reply.statusCode, `${url} ${amount} ${reply.body}`).toBe(isTaking ? 409 : 400);
      }
      expect((await server.inject({ method: 'POST', url, payload: `{"key":"odd","amount":1,${rest.replace('""', 'null').replace('"x"', 'null')}}`, headers: { 'content-type': 'application/json', 'x-test-permissions': everything } })).statusCode, url).toBe(400);
    }
    expect(await written()).toEqual(before);
    expect((await give(8, 1_000_000_000)).body.balance.available).toBe(1_000_000_000);
  });

  it('end by themselves, and the page says so before anybody has written it down', async () => {
    await give(6, 40, { expiresAt: new Date(now.getTime() + dayMs).toISOString() });
    at(new Date(now.getTime() + dayMs));
    expect((await ask(readPoints, { params: { customerNo: 6 } })).body).toMatchObject({ balance: { available: 0 }, lots: [] });
    expect(await test.membership.ledger.settleDue()).toBe(1);
    expect(await test.membership.ledger.settleDue()).toBe(0);
    expect((await ask(listPointsEntries, { params: { customerNo: 6 } })).body.entries[0]).toMatchObject({ kind: 'expire', amount: -40, sentence: 'Expired' });
  });

  it('stand at the head of a page, in an export, and nowhere after an erasure', async () => {
    const { platform } = test;
    expect(await figureSource(platform).read([3, 4, 5], 'en')).toEqual([{ label: 'membership:figure.points', value: '5', unit: 'number' }]);
    expect(await figureSource(platform).read([7], 'en')).toEqual([]);
    const held = heldPoints(platform.pg);
    const person = { customerNos: [3, 4, 5], identifiers: [] };
    const count = await held.count(person);
    expect((await Array.fromAsync(held.export(person))).length).toBe(count);
    expect(await held.erase(person)).toBe(count);
    expect(await held.count(person)).toBe(0);
    expect((await ask(readPoints, { params: { customerNo: 3 } })).body.lots).toEqual([]);
    expect(await proveLedger(platform.pg)).toEqual({ imbalances: [], wrongLots: [], overReversed: [] });
  });
});
