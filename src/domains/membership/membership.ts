import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Locale } from '../../kernel/locale.ts';
import type { Program } from '../../kernel/program.ts';
import type { AddToDemo } from '../collect/public.ts';
import { createBackground, lineagesOf } from '../customers/public.ts';
import { countMembership, type MembershipCounts } from './counts.ts';
import { createEarning } from './earning/earning.ts';
import { type Benefits, createBenefits } from './benefits/benefits.ts';
import { createLedger, type Ledger } from './ledger/ledger.ts';
import { type Activities, createActivities } from './activities/activities.ts';
import { createMall, type Mall } from './mall/mall.ts';
import { createJoining } from './members/joining.ts';
import { createMemberPage } from './member-page/member-page.ts';
import { createMembers } from './members/members.ts';
import { type MembershipDoors, type MembershipOptions, type MembershipPart, noBudget, type PromisesBudget } from './part.ts';
import { heldPoints } from './points/held-points.ts';
import { figureSource } from './points/figures.ts';
import { createPartners } from './partners/partners.ts';
import { proveOnceADay } from './points/nightly-proof.ts';
import { followPointsCost } from './points/program-cost.ts';
import { type MessageField, messageFields } from './points/message-fields.ts';
import { pointsRoutes } from './points/routes.ts';
import { createTiers } from './tiers/tiers.ts';
import { createQuote } from './quote/quote.ts';
import { createProgrammeDesign } from './programme/programme-design.ts';
import { createMemberReports } from './reports/reports.ts';
import { createTrials } from './simulation/trials.ts';
import { membershipPrograms } from './programme/programs.ts';
import { readWaiting } from './waiting.ts';
import { createProgramme } from './programme/programme.ts';

export interface Membership {
  routes: Route[];
  ledger: Ledger;
  mall: Mall;
  activities: Activities;
  benefits: Benefits;
  /** What messages may show of a member. */
  messageFields: MessageField[];
  /** The programme, activities and benefits as programs, named in a language. */
  programs(locale: Locale): Promise<Program[]>;
  /** Brings what the points of programs cost up to date with what was redeemed, ended or was taken back; returns how many lots changed. */
  followPointsCost(): Promise<number>;
  registerBudget(budget: PromisesBudget): void;
  /** What is promised and how much of it lives. */
  counts(): Promise<MembershipCounts>;
  addToDemo: AddToDemo;
  /** Background work, for the process that does it. */
  start(): void;
  stop(): Promise<void>;
}

/** Between two looks at whose points something is due for. What can be spent does not wait for it. */
const settleMs = 30_000;
/** Between two looks at what became of the points that programs gave. */
const costMs = 30_000;
/** Between two looks at whether the ledger was proven today. */
const proofMs = 600_000;

/** Members: what was promised to them, what they have, and why. */
export function createMembership(platform: Platform, options: MembershipOptions): Membership {
  const { customers, audiences } = options;
  let budget: PromisesBudget = noBudget;
  const programme = createProgramme(platform);
  const doors: MembershipDoors = {
    platform,
    say: createSay(),
    ledger: createLedger(platform, lineagesOf),
    programme,
    members: createMembers(platform, programme),
    budget: { reserve: (...asked) => budget.reserve(...asked), lines: (...asked) => budget.lines(...asked) },
    ...options,
  };
  const partners = createPartners(doors);
  const benefits = createBenefits(doors, [partners.giver]);
  const mall = createMall(doors, partners.mall);
  const activities = createActivities(doors, mall);
  const parts: MembershipPart[] = [
    createProgrammeDesign(doors),
    createPoints(doors),
    createEarning(doors, activities.multiplying),
    createTiers(doors, mall.autoRedeem),
    createMemberPage(doors, { mall, activities, benefits }),
    createQuote(doors, benefits.checkout, activities.multipliers),
    mall,
    createJoining(doors),
    benefits,
    createTrials(doors),
    createMemberReports(doors),
    partners,
    activities,
  ];
  for (const { fields = [], heldData = [], figures = [] } of parts) {
    fields.forEach(audiences.registerField);
    heldData.forEach(customers.registerHeldDataSource);
    figures.forEach(customers.registerFigureSource);
  }
  options.insights.registerWaiting(() => readWaiting(platform.pg));
  return {
    routes: parts.flatMap(({ routes }) => routes),
    ledger: doors.ledger,
    mall,
    activities,
    benefits,
    messageFields: messageFields(platform, programme, doors.members),
    programs: (locale) => membershipPrograms(doors, locale),
    followPointsCost: () => followPointsCost(doors),
    registerBudget: (given) => void (budget = given),
    counts: () => countMembership(platform.pg, platform.clock.now()),
    async addToDemo(client, history) {
      for (const part of parts) await part.demo?.(client, history);
    },
    start: () => parts.forEach((part) => part.start?.()),
    async stop() {
      await Promise.all(parts.map((part) => part.stop?.()));
    },
  };
}

/** What people have, and the lines that say why. */
function createPoints({ platform, ledger, programme, say }: MembershipDoors): MembershipPart {
  const settling = createBackground('points that end', async () => {
    while ((await ledger.settleDue()) > 0);
  }, settleMs, platform.log);
  const proving = createBackground('the proof of points', () => proveOnceADay(platform), proofMs, platform.log);
  const costing = createBackground('what points of programs cost', () => followPointsCost({ platform, programme }), costMs, platform.log);
  const background = [settling, proving, costing];
  return {
    routes: pointsRoutes(platform, ledger, say),
    heldData: [heldPoints(platform.pg)],
    figures: [figureSource(platform)],
    start: () => background.forEach((each) => each.start()),
    stop: async () => void (await Promise.all(background.map((each) => each.stop()))),
  };
}
