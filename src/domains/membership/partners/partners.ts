import { createBackground } from '../../customers/public.ts';
import type { BenefitGiver } from '../benefits/givers/giver.ts';
import type { PartnerPack } from '../contract/partner-packs.ts';
import type { PartnerBenefits } from '../mall/partner-benefits.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { createCodeBook } from './codes/keep-codes.ts';
import { addDemoPartners } from './demo/demo.ts';
import { heldPartnerBenefits } from './erased.ts';
import { partnerGiver } from './giver.ts';
import { mallBenefits } from './mall-benefits.ts';
import { compareWaiting } from './overlap/compare-lists.ts';
import { overlapRoutes } from './overlap/routes.ts';
import { benefitsOf, type Given, grantBenefit, type HeldBenefit } from './packs/grant.ts';
import { readPacks } from './packs/read-packs.ts';
import { packRoutes } from './packs/routes.ts';
import { pipelineRoutes } from './pipeline/routes.ts';
import { statementRoutes } from './statements/routes.ts';

/** Brands we work together with, and what their benefits come to. */
export interface Partners extends MembershipPart {
  /** Gives somebody a benefit of a pack, once for each key; refused with its reason (409) where there is none to give. */
  grant(key: string, packNo: number, customerNo: number, at: Date): Promise<Given>;
  /** Every pack, the newest first, with what is left and why nothing is given of it today. */
  packs(): Promise<PartnerPack[]>;
  /** What a person has of partners, with its codes, the latest first. */
  benefitsOf(customerNos: readonly number[]): Promise<HeldBenefit[]>;
  /** Compares the lists of hashes that wait; returns how many there were. */
  compareWaiting(): Promise<number>;
  /** Brings benefits of partners to gifts of tiers and activities, and to the mall. */
  giver: BenefitGiver;
  mall: PartnerBenefits;
}

const lookMs = 2_000;

export function createPartners({ platform, customers: { vault }, say }: Pick<MembershipDoors, 'platform' | 'say'> & { customers: Pick<MembershipDoors['customers'], 'vault'> }): Partners {
  const doors = { platform, vault, book: createCodeBook(platform.secret, vault) };
  const comparing = createBackground('comparing lists of partners', () => compareWaiting(doors), lookMs, platform.log);
  return {
    routes: [...pipelineRoutes(doors), ...overlapRoutes(doors), ...packRoutes(doors), ...statementRoutes(doors, say)],
    heldData: [heldPartnerBenefits(platform.pg)],
    demo: addDemoPartners(doors),
    grant: (key, packNo, customerNo, at) => grantBenefit(doors, { key: `benefit ${key}`, by: 'system', at }, packNo, customerNo),
    packs: () => readPacks(platform),
    benefitsOf: (customerNos) => benefitsOf(doors, customerNos, platform.clock.now()),
    compareWaiting: () => compareWaiting(doors),
    giver: partnerGiver(doors, say),
    mall: mallBenefits(doors),
    start: comparing.start,
    stop: comparing.stop,
  };
}
