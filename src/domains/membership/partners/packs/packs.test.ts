import { beforeAll, describe, expect, it } from 'vitest';
import { packShop } from '../../../../../test/pack-shop.ts';
import type { PartnersServer } from '../../../../../test/partners-server.ts';
import { eraseCustomer, mergeCustomers } from '../../../customers/contract.ts';
import {
  addPartnerContract,
  buyPartnerUnits,
  changePartnerContract,
  changePartnerPack,
  listPartnerContracts,
  listPartnerGrants,
  listPartnerPacks,
  movePartner,
  readPartner,
  readPartnerBoard,
} from '../../contract.ts';
import { provePartnerLedger } from './proof.ts';

describe('benefits of partners', () => {
  const { at, key, give, use, reverse, packOf, entries } = packShop();
  let shop: PartnersServer;
  let people: number[];
  beforeAll(() => void ({ shop, people } = at));

  it('nothing is given where it is not sure that there is something: each with its reason', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 5, {
      startsOn: '2026-06-01',
      endsOn: '2026-06-30',
      perPerson: 1,
    });
    const at = async (moment: string): Promise<string | undefined> => {
      shop.clock.at = new Date(moment);
      const { code } = await give(packNo);
      shop.clock.at = new Date('2026-06-18T04:00:00Z');
      return code;
    };
    // Days are those of the brand's time zone: midnight in Shanghai.
    expect([
      await at('2026-05-31T15:59:59Z'),
      await at('2026-06-30T16:00:00Z'),
      await at('2027-01-01T00:00:00Z'),
    ]).toEqual([
      'membership.partner_pack_not_yet',
      'membership.partner_pack_over',
      'membership.partner_contract_over',
    ]);
    expect(await give(packNo, 999_999)).toMatchObject({ status: 404, code: 'membership.nobody' });
    expect((await give(packNo)).status).toBe(200);
    expect((await give(packNo)).code).toBe('membership.partner_person_has_enough');
    const { version, ...pack } = await packOf(of.partnerId, packNo);
    const edit = {
      names: pack.names,
      startsOn: pack.startsOn,
      endsOn: pack.endsOn,
      validDays: pack.validDays,
      perPerson: null,
      alertLevel: 1,
    };
    expect(
      (
        await shop.ask(changePartnerPack, {
          params: { packNo },
          body: { ...edit, version, state: 'paused' },
        })
      ).body,
    ).toEqual({ version: 2 });
    expect((await give(packNo)).code).toBe('membership.partner_pack_paused');
    expect(
      (
        await shop.ask(changePartnerPack, {
          params: { packNo },
          body: { ...edit, version, state: 'active' },
        })
      ).code,
    ).toBe('membership.partner_part_edited_meanwhile');
    await shop.ask(changePartnerPack, {
      params: { packNo },
      body: { ...edit, version: 2, state: 'active' },
    });
    const { body: partner } = await shop.ask(readPartner, { params: { partnerId: of.partnerId } });
    await shop.ask(movePartner, {
      params: { partnerId: of.partnerId },
      body: { version: partner.version, stage: 'ended' },
    });
    expect((await give(packNo)).code).toBe('membership.partner_not_running');
    expect(
      (await shop.ask(listPartnerPacks)).body.packs.find((each) => each.packNo === packNo),
    ).toMatchObject({ left: 4, refusal: 'partner_not_running' });
  });

  it('are used once, by their code or their reference, before their end, however late that is told', async () => {
    const of = await shop.running({ settlement: 'billed', billedOn: 'use' });
    const packNo = await shop.pack(of, 0, { codes: 'issued', validDays: 1 });
    const { body: given } = await give(packNo);
    expect([given.expiresAt, (await packOf(of.partnerId, packNo)).left]).toEqual([
      '2026-06-19T16:00:00.000Z',
      null,
    ]);
    const code = given.code ?? '';
    expect((await use(packNo, '0000-0000-0000-0001')).code).toBe(
      'membership.partner_code_mistyped',
    );
    expect((await use(packNo, 'G999999999')).code).toBe('membership.partner_code_mistyped');
    expect((await use(packNo, code, '2026-06-18T05:00:00Z')).code).toBe(
      'membership.partner_in_the_future',
    );
    expect((await use(packNo, code, '2026-06-18T03:00:00Z')).code).toBe(
      'membership.partner_used_before_given',
    );
    shop.clock.at = new Date('2026-07-18T04:00:00Z');
    expect((await use(packNo, code)).code).toBe('membership.partner_grant_expired');
    expect((await packOf(of.partnerId, packNo)).expired).toBe(1);
    expect(
      (await use(packNo, code.toLowerCase().replaceAll('-', ''), '2026-06-19T15:59:59Z', 'till 1'))
        .body,
    ).toEqual({ grantNo: given.grantNo, isReplay: false });
    expect(
      (await use(packNo, code.toLowerCase().replaceAll('-', ''), '2026-06-19T15:59:59Z', 'till 1'))
        .body.isReplay,
    ).toBe(true);
    expect((await use(packNo, given.reference, '2026-06-19T15:00:00Z')).code).toBe(
      'membership.partner_grant_used',
    );
    shop.clock.at = new Date('2026-06-18T04:00:00Z');
    expect(await entries(of.partnerId)).toEqual([
      ['granted', -1, '0'],
      ['used', 0, '12.5'],
    ]);
    await reverse(given.grantNo, true);
    expect((await entries(of.partnerId)).at(-1)).toEqual(['reversed', 1, '-12.5']);
    expect((await use(packNo, given.reference)).code).toBe('membership.partner_grant_reversed');
  });

  it('of one partner mean nothing at another', async () => {
    const [mine, other] = [await shop.running(), await shop.running()];
    const [packNo, elsewhere] = [
      await shop.pack(mine, 1, { codes: 'issued' }),
      await shop.pack(other, 1, { codes: 'issued' }),
    ];
    const { body } = await give(packNo);
    expect((await use(elsewhere, body.code ?? '')).status).toBe(404);
    expect((await use(elsewhere, body.reference)).status).toBe(404);
    expect((await use(packNo, body.reference)).status).toBe(200);
  });

  it('keep to the cap of their contract, whatever is bought or given at once', async () => {
    const billed = await shop.running({
      settlement: 'billed',
      billedOn: 'use',
      priceEach: '0.1',
      cap: '1',
    });
    const packNo = await shop.pack(billed, 0, { priceEach: '0.1' });
    const replies = await Promise.all(Array.from({ length: 15 }, () => give(packNo)));
    expect(replies.filter(({ status }) => status === 200).length).toBe(10);
    expect(replies.find(({ status }) => status !== 200)?.code).toBe(
      'membership.partner_cap_reached',
    );
    await reverse(replies.find(({ status }) => status === 200)?.body.grantNo ?? 0, false);
    expect([(await give(packNo)).status, (await give(packNo)).code]).toEqual([
      200,
      'membership.partner_cap_reached',
    ]);
    const prepaid = await shop.running({ cap: '100' });
    const bought = await shop.pack(prepaid, 8);
    const buy = (units: number) =>
      shop.ask(buyPartnerUnits, { params: { packNo: bought }, body: { key: key(), units } });
    expect((await buy(1)).code).toBe('membership.partner_cap_reached');
    const {
      contracts: [{ version, contractId, packs: _packs, isInForce: _now, committed, ...contract }],
    } = (await shop.ask(listPartnerContracts, { params: { partnerId: prepaid.partnerId } })).body;
    expect(committed).toBe('100');
    const change = (over: object) =>
      shop.ask(changePartnerContract, {
        params: { partnerId: prepaid.partnerId, contractId },
        body: { ...contract, version, ...over },
      });
    expect([
      (await change({ cap: '99.9999' })).code,
      (await change({ currency: 'USD' })).code,
      (await change({ endsOn: '2025-01-01' })).status,
    ]).toEqual([
      'membership.partner_cap_below_committed',
      'membership.partner_contract_has_packs',
      400,
    ]);
    expect((await change({ cap: '112.5' })).body).toEqual({ version: 2 });
    expect((await buy(1)).body).toMatchObject({ bought: 9, amount: '12.5' });
    expect(
      await shop.ask(buyPartnerUnits, { params: { packNo }, body: { key: key(), units: 1 } }),
    ).toMatchObject({ status: 409, code: 'membership.partner_pack_unlimited' });
    expect(
      (
        await shop.ask(addPartnerContract, {
          params: { partnerId: 999_999 },
          body: { ...contract },
        })
      ).status,
    ).toBe(404);
  });

  it('are refused where an amount would not fit into the ledger, and leave nothing behind', async () => {
    const of = await shop.running({ priceEach: '1000000' });
    await expect(shop.pack(of, 0, { priceEach: '1000000.0001' })).rejects.toThrow('400');
    const packNo = await shop.pack(of, 0, { priceEach: '1000000' });
    const buy = (units: number, k = key()) =>
      shop.ask(buyPartnerUnits, { params: { packNo }, body: { key: k, units } });
    for (let n = 0; n < 9; n++) expect((await buy(10_000_000)).status).toBe(200);
    expect((await buy(9_999_999)).status).toBe(200);
    expect((await buy(10, 'too much')).code).toBe('membership.partner_pack_too_large');
    const other = await shop.pack(of, 0, { priceEach: '1000000' });
    const refused = await shop.ask(buyPartnerUnits, {
      params: { packNo: other },
      body: { key: 'other', units: 10_000_000 },
    });
    expect(refused.code).toBe('membership.partner_cap_reached');
    const { rows } = await shop.platform.pg.query(
      "select from partner_command where command_key like any (array['%too much', '% other'])",
    );
    expect(rows).toEqual([]);
  });

  it('have a line in the audit log exactly when they were bought, used or taken back', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 0);
    const lines = async () => {
      const { rows } = await shop.platform.pg.query<{ action: string }>(
        'select action from audit_log where subject = any($1) order by seq',
        [[`partner_pack:${packNo}`, `partner_grant:${grantNo}`]],
      );
      return rows.map(({ action }) => action.replace('membership.partner_', ''));
    };
    let grantNo = 0;
    const buy = () => shop.ask(buyPartnerUnits, { params: { packNo }, body: { key: 'once', units: 2 } });
    await Promise.all([buy(), buy(), buy()]);
    ({ grantNo } = (await give(packNo)).body);
    await use(packNo, 'G999999999');
    await use(packNo, `G${grantNo}`, undefined, 'till');
    await use(packNo, `G${grantNo}`, undefined, 'till');
    await reverse(grantNo, true);
    await reverse(grantNo, true);
    expect(await lines()).toEqual(['bought', 'used', 'reversed']);
  });

  it('count for whoever somebody was merged into; of who was erased the ledger keeps the benefit and not the person', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 9, { perPerson: 1, codes: 'issued' });
    const [a, b] = [
      await shop.person({ external_id: 'M-1' }),
      await shop.person({ external_id: 'M-2' }),
    ];
    await give(packNo, b);
    await shop.ask(mergeCustomers, { body: { survivorNo: a, absorbedNo: b } }, 'customers.merge');
    expect((await give(packNo, a)).code).toBe('membership.partner_person_has_enough');
    const [benefit] = await shop.partners.benefitsOf([a, b]);
    expect(benefit).toMatchObject({ packNo, state: 'given', names: { en: 'Coffee' } });
    expect(benefit.code).toMatch(/^(\w{4}-){3}\w{4}$/);
    const erased = await shop.ask(
      eraseCustomer,
      { params: { customerNo: a }, body: { confirm: String(a), reason: 'asked for it' } },
      'customers.erase',
    );
    expect(erased.body.counts).toMatchObject({ partner_grant: 1 });
    expect((await give(packNo, a)).code).toBe('membership.nobody');
    const {
      rows: [row],
    } = (await shop.ask(listPartnerGrants, { params: { packNo } })).body;
    expect([row.customerNo, row.state, row.codeEnd]).toEqual([
      null,
      'given',
      benefit.code?.slice(-4).replace(/^/, '…'),
    ]);
    expect(await provePartnerLedger(shop.platform.pg, of.partnerId)).toEqual([]);
  });

  it('are listed by how they stand; a pack of which little is left is seen on the board', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 8, { alertLevel: 6 });
    const isLow = async () =>
      (await shop.ask(readPartnerBoard)).body.board.find(
        ({ partnerId }) => partnerId === of.partnerId,
      )?.lowPacks;
    expect(await isLow()).toBe(0);
    const numbers: number[] = [];
    for (let n = 0; n < 3; n++) numbers.push((await give(packNo)).body.grantNo);
    expect(await isLow()).toBe(1);
    await use(packNo, `G${numbers[0]}`);
    await reverse(numbers[1], false);
    for (const [state, grantNo] of [
      ['used', numbers[0]],
      ['reversed', numbers[1]],
      ['given', numbers[2]],
    ] as const) {
      const { body } = await shop.ask(listPartnerGrants, { params: { packNo }, query: { state } });
      expect([body.total, body.rows[0].grantNo], state).toEqual([1, grantNo]);
    }
    expect(
      (await shop.ask(listPartnerGrants, { params: { packNo }, query: { pageSize: 2, page: 2 } }))
        .body,
    ).toMatchObject({ total: 3, rows: [{ grantNo: numbers[0] }] });
  });

  it('are written in lines that nobody changes, not even the database’s owner', async () => {
    for (const sql of [
      'update partner_entry set amount = 0',
      'delete from partner_entry',
      'truncate partner_entry cascade',
    ])
      await expect(shop.platform.pg.query(sql)).rejects.toThrow('only added to');
  });

  it('are given by other parts of the product with keys of their own', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 1);
    const at = new Date('2026-06-10T00:00:00Z');
    const first = await shop.partners.grant('upgrade gift 7', packNo, people[5], at);
    expect([
      first.isReplay,
      first.code,
      (await shop.partners.grant('upgrade gift 7', packNo, people[5], at)).grantNo,
    ]).toEqual([false, null, first.grantNo]);
    await expect(
      shop.partners.grant('upgrade gift 8', packNo, people[5], at),
    ).rejects.toMatchObject({ code: 'membership.partner_pack_empty' });
    await expect(
      shop.partners.grant('x', packNo, people[5], new Date('2027-01-01')),
    ).rejects.toMatchObject({ code: 'membership.partner_in_the_future' });
    expect((await shop.partners.packs()).find((pack) => pack.packNo === packNo)).toMatchObject({
      left: 0,
      refusal: 'partner_pack_empty',
    });
  });
});
