import type { Actor } from '../../../../kernel/actor.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import {
  addPartnerContract, buyPartnerUnits, changePartnerContract, changePartnerPack, createPartnerPack, grantPartnerBenefit, listPartnerContracts, listPartnerGrants, listPartnerPacks, reversePartnerGrant, uploadPartnerCodes,
  usePartnerBenefit,
} from '../../contract/partner-packs.ts';
import { uploadCodes } from '../codes/keep-codes.ts';
import { demandPartner } from '../pipeline/read-partners.ts';
import { buyUnits } from './buy.ts';
import type { PackCommand, PackDoors } from './doors.ts';
import { grantBenefit } from './grant.ts';
import { addContract, changeContract, readContracts, todayOf } from './keep-contracts.ts';
import { changePack, makePack } from './keep-packs.ts';
import { keyOf } from './once.ts';
import { readGrants, readPacks } from './read-packs.ts';
import { reverseGrant, useBenefit } from './take-back.ts';

/** Endpoints of contracts, packs, and what is given, used and taken back of them. */
export function packRoutes(doors: PackDoors): Route[] {
  const { platform } = doors;
  const command = (actor: Actor, key: string, audit?: PackCommand['audit']): PackCommand => ({ key: keyOf(actor, key), by: actor.name, at: platform.clock.now(), audit });
  return [
    route(listPartnerContracts, async ({ params: { partnerId } }) => {
      await demandPartner(platform.pg, partnerId);
      return { contracts: await readContracts(platform.pg, partnerId, await todayOf(platform)), packs: await readPacks(platform, { partnerId }), computedAt: platform.clock.now().toISOString() };
    }),
    route(addPartnerContract, async ({ params: { partnerId }, body, actor }) => ({ contractId: await addContract(platform, partnerId, body, actor) })),
    route(changePartnerContract, async ({ params: { partnerId, contractId }, body, actor }) => ({ version: await changeContract(platform, partnerId, contractId, body, actor) })),
    route(listPartnerPacks, async () => ({ packs: await readPacks(platform), computedAt: platform.clock.now().toISOString() })),
    route(createPartnerPack, async ({ params: { partnerId }, body, actor }) => ({ packNo: await makePack(doors, partnerId, body, actor) })),
    route(changePartnerPack, async ({ params: { packNo }, body, actor }) => ({ version: await changePack(doors, packNo, body, actor) })),
    route(buyPartnerUnits, ({ params: { packNo }, body: { key, units }, actor }) =>
      buyUnits(doors, command(actor, key, () => ({ actor, action: 'membership.partner_bought', subject: `partner_pack:${packNo}`, details: { units } })), packNo, units)),
    route(uploadPartnerCodes, ({ params: { packNo }, body, actor }) => uploadCodes(doors, packNo, body.text, actor)),
    route(grantPartnerBenefit, ({ params: { packNo }, body: { key, customerNo }, actor }) => grantBenefit(doors, command(actor, key), packNo, customerNo)),
    route(listPartnerGrants, ({ params: { packNo }, query: { state, page, pageSize } }) => readGrants(platform, packNo, { state, limit: pageSize, offset: (page - 1) * pageSize })),
    route(usePartnerBenefit, ({ params: { packNo }, body: { key, code, usedAt }, actor }) =>
      useBenefit(doors, command(actor, key, (outcome) => ({ actor, action: 'membership.partner_used', subject: `partner_pack:${packNo}`, details: { ...outcome } })), { packNo, named: code, usedAt })),
    route(reversePartnerGrant, ({ params: { grantNo }, body: { key, reason, returns }, actor }) =>
      reverseGrant(doors, command(actor, key, () => ({ actor, action: 'membership.partner_reversed', subject: `partner_grant:${grantNo}`, details: { returns } })), { grantNo, reason, returns })),
  ];
}
