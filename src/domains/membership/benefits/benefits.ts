import { formatDecimal } from '../../../kernel/decimal.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { createBackground } from '../../customers/public.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { MemberBenefits } from '../contract/benefits.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { type CheckoutPromises, checkoutPromises } from './checkout.ts';
import { addDemoBenefits } from './demo.ts';
import { createDescribe } from './describe.ts';
import { createBenefitCopies } from './fields/copy-benefits.ts';
import { benefitFields } from './fields/fields.ts';
import { couponGiver } from './givers/coupon-giver.ts';
import { type BenefitGiver, createGivers, type Givers } from './givers/giver.ts';
import { pointsGiver } from './givers/points-giver.ts';
import { celebrate } from './grants/birthdays.ts';
import { followChanges } from './grants/follow-changes.ts';
import { giveWaiting, returnDue } from './grants/give.ts';
import { oneAtATime } from './grants/one-at-a-time.ts';
import { heldBenefits } from './held-benefits.ts';
import { benefitsOfPerson } from './person/of-person.ts';
import { benefitRoutes } from './routes/benefit-routes.ts';
import { codeRoutes } from './routes/code-routes.ts';
import { grantRoutes } from './routes/grant-routes.ts';
import { readBenefit } from './store/benefits.ts';
import { expectedCost, stopFull, worthAt } from './within-budget.ts';

export interface Benefits extends MembershipPart {
  givers: Givers;
  checkout: CheckoutPromises;
  /** What a person has by their tier, what they were given, and what the next tier brings. */
  ofPerson(customerNo: number, locale: Locale): Promise<MemberBenefits>;
  /** Stops one whose lines of the budget are full; false where it is not given, or costs nothing. */
  stopFull(benefitId: number, lines: readonly string[]): Promise<boolean>;
  /** What it will come to from its beginning to its end, in the brand's money; null where nothing can be told. */
  expected(benefitId: number): Promise<string | null>;
  /** Does what is due now: gifts of changes, birthdays, what waits for its givers. */
  work(): Promise<void>;
}

const followMs = 2_000;
/** Between two looks at whether anything was given or used. */
const copyMs = 10_000;
/** Between two looks at whose birthday it is. */
const birthdaysMs = 300_000;

/** What tiers promise: gifts for joining, rising and birthdays, and what is had for as long as a tier is. `others` give what parts bring. */
export function createBenefits(doors: MembershipDoors, others: readonly BenefitGiver[]): Benefits {
  const { platform, programme, members, ledger, say } = doors;
  const givers = createGivers();
  [pointsGiver(ledger, say), couponGiver(platform, say), ...others].forEach(givers.register);
  const describe = createDescribe(say, givers, async () => (await readBrand(platform.pg)).currency);
  const give = oneAtATime(async () => {
    while ((await giveWaiting(platform, givers)) > 0);
    while ((await returnDue(platform, givers)) > 0);
  });
  const follow = async (): Promise<void> => {
    while (await followChanges(platform, programme));
    await give();
  };
  const background = [
    createBackground('gifts of members', follow, followMs, platform.log),
    createBackground('benefits for audiences', createBenefitCopies(platform), copyMs, platform.log),
    createBackground('gifts of birthdays', () => celebrate(platform, members), birthdaysMs, platform.log),
  ];
  return {
    givers,
    checkout: checkoutPromises(platform, members),
    ofPerson: (customerNo, locale) => benefitsOfPerson(doors, describe, customerNo, locale),
    stopFull: (benefitId, lines) => stopFull(doors, benefitId, lines),
    async expected(benefitId) {
      const { pg, clock } = doors.platform;
      const now = clock.now();
      const expected = await expectedCost(pg, await readBenefit(pg, benefitId), worthAt(await programme.versions(), now), now);
      return expected && formatDecimal(expected.amount);
    },
    async work() {
      await celebrate(platform, members);
      await follow();
    },
    routes: [...benefitRoutes(doors, givers, describe), ...grantRoutes(doors, give, describe), ...codeRoutes(doors)],
    fields: benefitFields,
    heldData: heldBenefits(platform.pg),
    demo: addDemoBenefits,
    start: () => background.forEach((each) => each.start()),
    stop: async () => void (await Promise.all(background.map((each) => each.stop()))),
  };
}
