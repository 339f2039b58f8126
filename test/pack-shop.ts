import { afterAll, beforeAll, expect } from 'vitest';
import { grantPartnerBenefit, listPartnerContracts, listPartnerEntries, reversePartnerGrant, usePartnerBenefit } from '../src/domains/membership/contract.ts';
import { provePartnerLedger } from '../src/domains/membership/partners/packs/proof.ts';
import { createPartnersServer, type PartnersServer } from './partners-server.ts';

/** Partners and ten people for the tests of one group; at its end the ledger of every partner is proven. */
export function packShop() {
  const at = { shop: undefined as unknown as PartnersServer, people: [] as number[] };
  let made = 0;
  beforeAll(async () => {
    at.shop = await createPartnersServer();
    for (let n = 0; n < 10; n++) at.people.push(await at.shop.person({ external_id: `U-${n}` }));
  });
  afterAll(async () => {
    expect(await provePartnerLedger(at.shop.platform.pg)).toEqual([]);
    await at.shop.close();
  });
  const key = (): string => `key ${++made}`;
  return {
    at,
    key,
    give: (packNo: number, customerNo = at.people[0], k = key()) => at.shop.ask(grantPartnerBenefit, { params: { packNo }, body: { key: k, customerNo } }),
    use: (packNo: number, code: string, usedAt?: string, k = key()) => at.shop.ask(usePartnerBenefit, { params: { packNo }, body: { key: k, code, ...(usedAt ? { usedAt } : {}) } }),
    reverse: (grantNo: number, returns: boolean, k = key()) => at.shop.ask(reversePartnerGrant, { params: { grantNo }, body: { key: k, reason: '伙伴停业', returns } }),
    async packOf(partnerId: number, packNo: number) {
      const found = (await at.shop.ask(listPartnerContracts, { params: { partnerId } })).body.packs.find((pack) => pack.packNo === packNo);
      if (!found) throw new Error('no such pack');
      return found;
    },
    entries: async (partnerId: number) => (await at.shop.ask(listPartnerEntries, { params: { partnerId } })).body.rows.map(({ kind, units, amount }) => [kind, units, amount]).reverse(),
  };
}
