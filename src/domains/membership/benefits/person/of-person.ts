import type { Locale } from '../../../../kernel/locale.ts';
import { notFound } from '../../../../kernel/problem.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { lineageOf } from '../../../customers/public.ts';
import type { MemberBenefits } from '../../contract/benefits.ts';
import { nameIn } from '../../contract/programme.ts';
import { shownTier } from '../../members/shown.ts';
import { progressPart } from '../../member-page/parts/progress.ts';
import type { MembershipDoors } from '../../part.ts';
import type { Describe } from '../describe.ts';
import { readGrants } from '../grants/shown-grants.ts';
import { type Benefit, isRunning, readBenefits } from '../store/benefits.ts';
import { periodAt } from '../uses/limits.ts';
import { usesLeft } from '../uses/use-benefit.ts';

const grantsShown = 50;

/** What a member has, what they were given, and what the next tier would bring. */
export async function benefitsOfPerson(doors: MembershipDoors, describe: Describe, customerNo: number, locale: Locale): Promise<MemberBenefits> {
  const { platform, members, programme, say } = doors;
  const progressOf = progressPart(doors);
  const { pg: pool, clock } = platform;
  const now = clock.now();
  const accounts = await lineageOf(pool, customerNo);
  if (accounts.length === 0) throw notFound('membership.nobody', { customerNo });
  const [standing, versions, benefits, { timeZone }] = [(await members.standings([customerNo])).get(customerNo), await programme.versions(), await readBenefits(pool), await readBrand(pool)];
  const running = benefits.filter((benefit) => isRunning(benefit, now.getTime()));
  const told = async ({ benefitId, kind, definition }: Benefit) => ({ benefitId, kind, name: nameIn(definition.names, locale), notes: definition.notes, sentence: await describe.promise(definition, locale) });
  const has = standing ? running.filter(({ tiers }) => tiers.includes(standing.tier)) : [];
  const { rows: grants } = await readGrants(pool, now, { customerNos: accounts, limit: grantsShown }, describe, say, locale);
  return {
    customerNo: accounts[0],
    tier: standing ? shownTier(versions, standing.tier, locale) : null,
    has: await Promise.all(has.map(async (benefit) => {
      const { perMember } = benefit.definition.limits;
      const period = perMember === null ? null : periodAt(perMember.period, now.getTime(), timeZone);
      return { ...(await told(benefit)), left: await usesLeft(pool, benefit, accounts, now, timeZone), leftUntil: period?.until.toISOString() ?? null };
    })),
    grants,
    next: standing ? await nextTier() : null,
    computedAt: now.toISOString(),
  };

  /** The tier above, what is missing to it by the rules of tiers, and what it would bring besides. */
  async function nextTier(): Promise<MemberBenefits['next']> {
    const version = versions.findLast(({ startsAt }) => startsAt <= now.getTime());
    if (!version || !standing) return null;
    const { tiers } = version.definition;
    const above = tiers[tiers.findIndex(({ key }) => key === standing.tier) + 1];
    const progress = await progressOf?.({ customerNo: accounts[0], lineage: accounts, tier: standing.tier }, version, locale);
    if (!above || !progress?.next) return null;
    const added = running.filter(({ tiers: of }) => of.includes(above.key) && !of.includes(standing.tier));
    return { ...shownTier(versions, above.key, locale), missing: progress.next.missing, by: progress.next.by, benefits: await Promise.all(added.map(told)) };
  }
}
