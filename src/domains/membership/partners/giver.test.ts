import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPartnersServer, type PartnersServer } from '../../../../test/partners-server.ts';
import { listPartnerContracts, uploadPartnerCodes, usePartnerBenefit } from '../contract.ts';
import { provePartnerLedger } from './packs/proof.ts';

describe('benefits of partners as gifts', () => {
  let shop: PartnersServer;
  let customerNo: number;
  beforeAll(async () => {
    shop = await createPartnersServer();
    customerNo = await shop.person({ external_id: 'U-1' });
  });
  afterAll(async () => {
    expect(await provePartnerLedger(shop.platform.pg)).toEqual([]);
    await shop.close();
  });

  const giving = (key: string, packNo: number, amount = 1) => ({
    key,
    customerNo,
    gift: { giver: 'partner', of: String(packNo), amount },
    at: shop.clock.at.getTime(),
    expiresAt: null,
    title: '升级礼',
  });
  const left = async (partnerId: number) =>
    (await shop.ask(listPartnerContracts, { params: { partnerId } })).body.packs[0].left;

  it('are chosen among packs from which something is given today', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 3);
    await shop.pack(of, 0);
    const choices = (await shop.partners.giver.choices?.('en')) ?? [];
    expect(choices).toEqual([
      {
        of: String(packNo),
        name: expect.stringMatching(/Partner \d+ · Coffee/) as string,
        left: 3,
      },
    ]);
    expect(
      await shop.partners.giver.describe(
        { giver: 'partner', of: String(packNo), amount: 2 },
        'zh-CN',
      ),
    ).toMatch(/· 咖啡券 × 2$/);
    expect(shop.partners.giver.name('en')).toBe('Partner benefit');
  });

  it('are given once for a key, all of them, and taken back as far as they were not used', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 3, { codes: 'issued' });
    const first = await shop.partners.giver.grant(giving('rise 1', packNo, 2));
    expect(first.codes.length).toBe(2);
    expect(await shop.partners.giver.grant(giving('rise 1', packNo, 2))).toEqual(first);
    expect(await left(of.partnerId)).toBe(1);
    await shop.ask(usePartnerBenefit, {
      params: { packNo },
      body: { key: 'till', code: first.codes[0] },
    });
    await shop.partners.giver.takeBack(giving('rise 1', packNo, 2));
    await shop.partners.giver.takeBack(giving('rise 1', packNo, 2));
    await shop.partners.giver.takeBack(giving('never given', packNo));
    expect(await left(of.partnerId)).toBe(2);
  });

  it('go on where they stopped when a pack was empty in between', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 2, { codes: 'uploaded' });
    await shop.ask(uploadPartnerCodes, { params: { packNo }, body: { text: 'CODE-A' } });
    await expect(shop.partners.giver.grant(giving('rise 2', packNo, 2))).rejects.toMatchObject({
      code: 'membership.partner_pack_without_codes',
      status: 409,
    });
    await shop.ask(uploadPartnerCodes, { params: { packNo }, body: { text: 'CODE-B' } });
    expect(await shop.partners.giver.grant(giving('rise 2', packNo, 2))).toEqual({
      codes: ['CODE-A', 'CODE-B'],
    });
    await shop.partners.giver.takeBack(giving('rise 2', packNo, 2));
    expect(await left(of.partnerId), 'the partner’s codes are not given a second time').toBe(0);
  });

  it('are refused where the gift names no pack', async () => {
    for (const of of ['', '0', 'x', '1; drop table partner', '99999999999', '999999']) {
      await expect(
        shop.partners.giver.grant({
          ...giving('none', 1),
          gift: { giver: 'partner', of, amount: 1 },
        }),
        of,
      ).rejects.toMatchObject({ code: 'membership.partner_pack_not_found' });
    }
  });

  it('are exchanged in the mall, where a pack that is empty today is still offered', async () => {
    const of = await shop.running();
    const packNo = await shop.pack(of, 1, { codes: 'issued' });
    const { mall } = shop.partners;
    const listed = (await mall.list()).find(({ key }) => key === String(packNo));
    expect(listed?.names).toMatchObject({ en: expect.stringMatching(/· Coffee$/) as string });
    const asked = { key: 'order 1', benefit: String(packNo), customerNo };
    const { code } = await mall.grant(asked);
    expect(code).toMatch(/^\w{4}-/);
    expect((await mall.grant(asked)).code).toBe(code);
    await expect(mall.grant({ ...asked, key: 'order 2' })).rejects.toMatchObject({
      code: 'membership.partner_pack_empty',
      status: 409,
    });
    expect((await mall.list()).some(({ key }) => key === String(packNo))).toBe(true);
    await mall.takeBack('order 1');
    await mall.takeBack('order 1');
    expect(await left(of.partnerId)).toBe(1);
    expect((await mall.grant({ ...asked, key: 'order 2' })).code).not.toBe(code);
  });
});
