import { expect, it } from 'vitest';
import { createPartnersServer } from '../../../../../test/partners-server.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import {
  grantPartnerBenefit,
  listPartnerComparisons,
  listPartnerContracts,
  partnerStages,
  readPartner,
  readPartnerBoard,
  readPartnerLedger,
  readPartnerOverlap,
  revealPartnerContact,
} from '../../contract.ts';
import { provePartnerLedger } from '../packs/proof.ts';

it('the demonstration brand has partners in every stage, whose ledgers add up as those of real ones do', async () => {
  const shop = await createPartnersServer();
  const people: number[] = [];
  for (let n = 0; n < 30; n++) people.push(await shop.person({ external_id: `U-${n}` }));
  const endMs = shop.clock.at.getTime();
  const beganMs = performance.now();
  await inTransaction(shop.platform.pg, async (client) => {
    await shop.partners.demo?.(client, { startMs: endMs - 1e10, endMs });
  });
  expect(performance.now() - beganMs).toBeLessThan(5_000);
  expect(await provePartnerLedger(shop.platform.pg)).toEqual([]);

  const { board: cards } = (await shop.ask(readPartnerBoard)).body;
  expect([...new Set(cards.map(({ stage }) => stage))].sort()).toEqual(
    [...partnerStages].filter((stage) => stage !== 'contract').sort(),
  );
  const { partnerId } = cards.find(({ name }) => name === '松间瑜伽') ?? { partnerId: 0 };
  const { contacts, scenes } = (await shop.ask(readPartner, { params: { partnerId } })).body;
  expect([contacts[0].name, scenes.length]).toEqual(['沈**', 2]);
  const params = { partnerId, contactId: contacts[0].contactId };
  expect((await shop.ask(revealPartnerContact, { params })).body.name).toBe('沈知夏');
  expect((await shop.ask(readPartnerOverlap, { params: { partnerId } })).body.estimates.length).toBe(2);

  const { packs: [pack] } = (await shop.ask(listPartnerContracts, { params: { partnerId } })).body;
  expect(pack).toMatchObject({ bought: 300, granted: 268, isLow: true, refusal: null });
  const fresh = await shop.person({ external_id: 'fresh' });
  const given = await shop.ask(grantPartnerBenefit, {
    params: { packNo: pack.packNo },
    body: { key: 'a', customerNo: fresh },
  });
  expect(given.status, given.text).toBe(200);

  const coffee = cards.find(({ name }) => name === '木言咖啡')?.partnerId ?? 0;
  const { months, faults } = (await shop.ask(readPartnerLedger, { params: { partnerId: coffee } })).body;
  expect([months.length >= 3, faults]).toEqual([true, []]);
  const { rows } = (await shop.ask(listPartnerComparisons, { params: { partnerId: coffee } })).body;
  expect(rows[0]).toMatchObject({ onlyOurs: 1, onlyTheirs: 1, amountsDiffer: 1, open: 3 });
  await shop.close();
});
