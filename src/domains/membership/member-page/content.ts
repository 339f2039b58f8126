import type { Locale } from '../../../kernel/locale.ts';
import { readBrand } from '../../../platform/settings.ts';
import { consentsOf, createShownNames, knownAs } from '../../customers/public.ts';
import { consentChannels, consentPurposes } from '../../customers/contract.ts';
import type { MemberPage, PageMode } from '../contract/member-page.ts';
import { nameIn, type Tier } from '../contract/programme.ts';
import { explainedPoints } from '../earning/explain/explain.ts';
import { balanceOf, isSpendable, type Lot } from '../ledger/person.ts';
import { readPerson } from '../ledger/store/load.ts';
import { haveOrdered } from '../members/by-policy/candidates.ts';
import type { MembershipDoors } from '../part.ts';
import { publicRules } from '../programme/preview/told.ts';
import type { Version } from '../programme/programme.ts';
import { ownWords } from './own-words.ts';

/** Whose page it is, as its parts are told. */
export interface PageOwner {
  customerNo: number;
  lineage: readonly number[];
  /** Null of whoever is no member. */
  tier: string | null;
}

/** What other parts of the domain put on the page; null where there is nothing of it to show. */
export interface PageParts {
  progress?(owner: PageOwner, version: Version, locale: Locale): Promise<MemberPage['progress']>;
  benefits?(owner: PageOwner, version: Version, locale: Locale): Promise<MemberPage['benefits']>;
  activities?(owner: PageOwner, locale: Locale): Promise<MemberPage['activities']>;
  mall?(owner: PageOwner, locale: Locale): Promise<MemberPage['mall']>;
}

export type PageDoors = Pick<MembershipDoors, 'platform' | 'customers' | 'members' | 'programme' | 'say'>;

const soonMs = 30 * 86_400_000;
const mostEndings = 6;

export interface PageContent {
  /** Everything a person sees of themselves. */
  read(person: { customerNo: number; lineage: readonly number[] }, mode: PageMode, locale: Locale): Promise<MemberPage>;
}

export function createContent(doors: PageDoors, parts: PageParts): PageContent {
  const { platform, members, programme } = doors;
  const { pg, clock } = platform;
  return {
    async read({ customerNo, lineage }, mode, locale) {
      const now = clock.now();
      const [brand, version, standing, rows] = await Promise.all([readBrand(pg), programme.at(now.getTime()), members.standings([customerNo]), members.read(lineage)]);
      const current = standing.get(customerNo) ?? null;
      const owner: PageOwner = { customerNo, lineage, tier: current?.tier ?? null };
      const ofMember = <T>(part: ((of: PageOwner, version: Version, locale: Locale) => Promise<T>) | undefined) => (part && version && current ? part(owner, version, locale) : null);
      const [progress, benefits, activities, mall, points, identity, consents] = await Promise.all([
        ofMember(parts.progress), ofMember(parts.benefits), ofMember(parts.activities && ((of) => parts.activities!(of, locale))), ofMember(parts.mall && ((of) => parts.mall!(of, locale))),
        pointsOn(doors, lineage, version, now.getTime(), locale), identityOf(doors, customerNo), consentsOn(doors, customerNo),
      ]);
      const leftAt = current ? null : [...rows.values()].flatMap((row) => row.leftAt ?? []).sort((a, b) => b.getTime() - a.getTime())[0] ?? null;
      const joining = version?.definition.joining;
      return {
        brand: { name: brand.name, programme: version ? nameIn(version.definition.names, locale) : null, timeZone: brand.timeZone, currency: brand.currency },
        mode,
        membership: {
          ...identity, state: current ? 'member' : leftAt ? 'left' : 'none',
          joinedAt: current?.joinedAt.toISOString() ?? null, leftAt: leftAt?.toISOString() ?? null,
          tier: shownTier(version?.definition.tiers.find(({ key }) => key === current?.tier), locale),
          reviewAt: current?.member.reviewAt?.toISOString() ?? null, graceUntil: current?.member.graceUntil?.toISOString() ?? null,
          canJoin: !current && joining !== undefined && (joining.who !== 'buyers' || await haveOrdered(platform.reader, lineage)), joinConsent: joining?.consent ?? null,
        },
        tiers: version?.definition.tiers.map((tier) => ({ ...shownTier(tier, locale)!, entry: tier.entry })) ?? [],
        progress, benefits, activities, mall, points, consents,
        rules: version ? publicRules(version.definition, doors.say, locale, brand) : [],
        computedAt: now.toISOString(),
      };
    },
  };
}

const shownTier = (tier: Tier | undefined, locale: Locale) => (tier ? { key: tier.key, name: nameIn(tier.names, locale), color: tier.color, icon: tier.icon } : null);

async function pointsOn(doors: PageDoors, lineage: readonly number[], version: Version | null, now: number, locale: Locale): Promise<MemberPage['points']> {
  const [person, { sentence, reasons }] = await Promise.all([readPerson(doors.platform.pg, lineage), explainedPoints({ ...doors, say: ownWords(doors.say) }, lineage, locale)]);
  const lots = [...person.lots.values()];
  const ending = lots.filter((lot) => isSpendable(lot, now) && lot.expiresAt !== null);
  const pending = lots.filter(({ remaining, availableAt }) => remaining > 0 && availableAt > now);
  const worth = version?.definition.points;
  return {
    ...balanceOf(person, now),
    endingSoon: ending.filter(({ expiresAt }) => (expiresAt ?? Infinity) <= now + soonMs).reduce((sum, { remaining }) => sum + remaining, 0),
    endings: byMoment(ending, ({ expiresAt }) => expiresAt ?? 0), pendings: byMoment(pending, ({ availableAt }) => availableAt),
    why: { sentence, reasons: reasons.map(({ label, amount }) => ({ label, amount })) },
    worth: worth && worth.mostOfBill > 0 && Number(worth.worth) > 0 ? worth.worth : null,
  };
}

/** How much at each moment, the first moments of them. */
function byMoment(lots: readonly Lot[], momentOf: (lot: Lot) => number): { amount: number; at: string }[] {
  return [...Map.groupBy(lots, momentOf)].sort(([a], [b]) => a - b).slice(0, mostEndings).map(([at, same]) => ({ amount: same.reduce((sum, { remaining }) => sum + remaining, 0), at: new Date(at).toISOString() }));
}

/** A person as their own page names them: enough to know that it is theirs, nothing that somebody beside them could use. */
async function identityOf({ platform, customers: { vault } }: PageDoors, customerNo: number): Promise<{ name: string | null; number: string }> {
  const [names, [known]] = await Promise.all([createShownNames(platform)([customerNo]), knownAs(platform, vault, [customerNo], false)]);
  const number = known?.identifiers.member_no?.[0] ?? String(customerNo).padStart(8, '0');
  return { name: names.get(customerNo) ?? null, number: number.slice(-4) };
}

/** The choices a person has: being written to for marketing by each channel, and what is made of what is known of them. */
export async function consentsOn({ platform }: Pick<PageDoors, 'platform'>, customerNo: number): Promise<MemberPage['consents']> {
  const states = await consentsOf(platform.pg, customerNo);
  const choices = consentPurposes.flatMap((purpose) => consentChannels.map((channel) => ({ channel, purpose })));
  return choices.flatMap(({ channel, purpose }) => {
    const state = states.find((each) => each.channel === channel && each.purpose === purpose);
    // What nobody was ever asked about is offered for marketing alone: a page of twenty switches is read by nobody.
    if (!state && purpose !== 'marketing') return [];
    return [{ channel, purpose, granted: state?.granted ?? null, at: state?.at ?? null }];
  });
}
