import { beforeAll, describe, expect, it } from 'vitest';
import { packShop } from '../../../../../test/pack-shop.ts';
import type { PartnersServer } from '../../../../../test/partners-server.ts';
import { buyPartnerUnits } from '../../contract.ts';
import { provePartnerLedger } from './proof.ts';

describe('case 40: benefits of a partner’s pack', () => {
  const { at, key, give, reverse, packOf, entries } = packShop();
  let shop: PartnersServer;
  let people: number[];
  beforeAll(() => void ({ shop, people } = at));

  it('check 8: of 200 at once on a pack of 50 exactly 50 get one, and all others are told why', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 50, { codes: 'issued' });
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, n) => give(packNo, people[n % 10])),
    );
    const given = replies.filter(({ status }) => status === 200);
    expect([given.length, new Set(given.map(({ body }) => body.code)).size]).toEqual([50, 50]);
    const refused = replies.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ status, code }) => `${status} ${code}`))).toEqual(
      new Set(['409 membership.partner_pack_empty']),
    );
    expect(refused[0].text).toContain('50');
    expect(await packOf(of.partnerId, packNo)).toMatchObject({
      granted: 50,
      left: 0,
      isLow: true,
      refusal: 'partner_pack_empty',
    });
    expect(await provePartnerLedger(shop.platform.pg, of.partnerId)).toEqual([]);
  });

  it('a benefit is given once for each key: the same answers the same for ever, another under its key is refused', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 3, { codes: 'issued' });
    const same = await Promise.all(
      Array.from({ length: 20 }, () => give(packNo, people[1], 'order 17')),
    );
    expect(same.filter(({ body }) => !body.isReplay).length).toBe(1);
    expect(
      new Set(same.map(({ body }) => `${body.grantNo} ${body.code} ${body.expiresAt}`)).size,
    ).toBe(1);
    expect(await give(packNo, people[2], 'order 17')).toMatchObject({
      status: 409,
      code: 'membership.key_used',
    });
    shop.clock.at = new Date('2026-12-01T00:00:00Z');
    expect((await give(packNo, people[1], 'order 17')).body).toEqual({
      ...same[0].body,
      isReplay: true,
    });
    shop.clock.at = new Date('2026-06-18T04:00:00Z');
    const { rows } = await shop.platform.pg.query<{ outcome: object }>(
      "select outcome from partner_command where command_key like '%order 17'",
    );
    expect(JSON.stringify(rows), 'a code is worth money').not.toContain(same[0].body.code);
  });

  it('a key that was refused may come again once there is more', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 1);
    await give(packNo);
    expect((await give(packNo, people[3], 'again')).code).toBe('membership.partner_pack_empty');
    await shop.ask(buyPartnerUnits, { params: { packNo }, body: { key: key(), units: 1 } });
    expect((await give(packNo, people[3], 'again')).body).toMatchObject({ isReplay: false });
  });

  it('what a partner takes back is a counter-entry, once, into the pack again or not', async () => {
    const of = await shop.running({ settlement: 'billed', billedOn: 'grant' });
    const packNo = await shop.pack(of, 0, { most: 2 });
    const [a, b] = [(await give(packNo)).body.grantNo, (await give(packNo)).body.grantNo];
    expect((await give(packNo)).code).toBe('membership.partner_pack_empty');
    expect((await reverse(a, true, 'back')).body).toEqual({
      grantNo: a,
      amount: '-12.5',
      isReplay: false,
    });
    expect((await reverse(a, true, 'back')).body.isReplay).toBe(true);
    expect(await reverse(a, true)).toMatchObject({
      status: 409,
      code: 'membership.partner_grant_reversed',
    });
    await reverse(b, false);
    expect((await give(packNo)).status).toBe(200);
    expect((await give(packNo)).code).toBe('membership.partner_pack_empty');
    expect(await entries(of.partnerId)).toEqual([
      ['bought', 2, '0'],
      ['granted', -1, '12.5'],
      ['granted', -1, '12.5'],
      ['reversed', 1, '-12.5'],
      ['reversed', 0, '-12.5'],
      ['granted', -1, '12.5'],
    ]);
    expect(await reverse(999_999, true)).toMatchObject({
      status: 404,
      code: 'membership.partner_grant_not_found',
    });
  });

});
