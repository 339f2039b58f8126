import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { addDays, startOfDay } from '../../../../kernel/day.ts';
import { type Locale, locales } from '../../../../kernel/locale.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { readRows } from '../../../customers/public.ts';
import { keepTierPeople, listTierPeople, readTierBoard, readTierMovement, tierGroups, type TierPerson } from '../../contract/tiers.ts';
import { shownTier } from '../../members/shown.ts';
import type { MembershipDoors } from '../../part.ts';
import { type Version, versionAt } from '../../programme/programme.ts';
import { isPaused, readSetting } from '../keep/setting.ts';
import { countGroup, type GroupAsked, type GroupRow, numbersOf, pageOfGroup } from './groups.ts';
import { movementOf } from './movement.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The tier that a drop would lead to by the rule of one level; by recomputing it may be a lower one. */
function dropsTo(versions: readonly Version[], now: number, { tier, awaitingSince }: GroupRow): string | null {
  const definition = versionAt(versions, now)?.definition;
  if (!definition || awaitingSince === null || definition.tierRules.drop !== 'one_level') return null;
  return definition.tiers[definition.tiers.findIndex(({ key }) => key === tier) - 1]?.key ?? null;
}

/** Endpoints of who is about to move, and of who moved. */
export function boardRoutes(doors: MembershipDoors): Route[] {
  const { platform, programme, customers, audiences, say } = doors;
  const { pg, clock } = platform;
  const sentenceOf = async ({ group, share, days, tier, until }: GroupAsked & { until?: string | undefined }, locale: Locale): Promise<string> => {
    const isByDay = group === 'falling' && until !== undefined;
    const sentence = say(locale, 'membership', `tiers.groupSentence.${isByDay ? 'fallingUntil' : group}`, { share, days, day: until });
    return tier === undefined ? sentence : say(locale, 'membership', 'tiers.groupOfTier', { sentence, tier: shownTier(await programme.versions(), tier, locale).name });
  };
  const endOf = async (day: string | undefined): Promise<Date | undefined> => (day === undefined ? undefined : startOfDay(addDays(day, 1), (await readBrand(pg)).timeZone));
  return [
    route(readTierBoard, async ({ query, actor: { locale } }) => {
      const now = clock.now();
      const [setting, version] = [await readSetting(platform, programme), await programme.at(now.getTime())];
      const versions = await programme.versions();
      const [counts, members, closed] = await Promise.all([
        Promise.all(tierGroups.map(async (group) => [group, await countGroup(platform, { group, ...query })] as const)),
        pg.query<{ tier: string; members: number }>('select tier, count(*) as members from member where left_at is null group by tier'),
        pg.query<{ day: string | null }>("select to_char(max(day), 'YYYY-MM-DD') as day from day_boundary b where not exists (select from day_boundary o where o.day = b.day and o.ended_at is null)"),
      ]);
      return {
        groups: Object.fromEntries(counts) as Record<(typeof tierGroups)[number], number>,
        tiers: (version?.definition.tiers ?? []).map(({ key, entry, keep }) => ({ tier: shownTier(versions, key, locale), entry, keep, members: members.rows.find(({ tier }) => tier === key)?.members ?? 0 })),
        review: version?.definition.tierRules.review ?? null, isPaused: isPaused(setting, now.getTime()), closedDay: closed.rows[0].day, computedAt: now.toISOString(),
      };
    }),
    route(listTierPeople, async ({ query: { page, pageSize, until, ...query }, actor: { locale } }) => {
      const asked = { ...query, before: await endOf(until) };
      const [rows, total, versions] = await Promise.all([pageOfGroup(platform, asked, page, pageSize), countGroup(platform, asked), programme.versions()]);
      const people = new Map((await readRows(platform, customers.vault, rows.map(({ customerNo }) => customerNo))).map((person) => [person.customerNo, person]));
      const shown = rows.map((row): TierPerson => {
        const to = dropsTo(versions, clock.now().getTime(), row);
        return {
          customerNo: row.customerNo, name: people.get(row.customerNo)?.name ?? null, phone: people.get(row.customerNo)?.phone ?? null, tier: shownTier(versions, row.tier, locale), since: row.since.toISOString(), toNext: row.toNext, toKeep: row.toKeep,
          expectedAt: iso(row.expectedAt), reviewAt: iso(row.reviewAt), graceUntil: iso(row.graceUntil), awaitingSince: iso(row.awaitingSince), dropsTo: to === null ? null : shownTier(versions, to, locale),
        };
      });
      return { rows: shown, total, computedAt: clock.now().toISOString() };
    }),
    route(keepTierPeople, async ({ body: { name, reason, until, ...body }, actor }) => {
      const asked = { ...body, before: await endOf(until) };
      const people = (await audiences.everybody()).and(await audiences.asOfToday(Bitmap.of(await numbersOf(platform, asked))));
      if (people.size === 0) throw conflict('membership.nobody_in_group');
      const sentences = Object.fromEntries(await Promise.all(locales.map(async (locale) => [locale, await sentenceOf({ ...asked, until }, locale)] as const))) as Record<Locale, string>;
      return { audienceId: await audiences.keepFound({ name, reason, people, sentences }, actor), size: people.size };
    }),
    route(readTierMovement, async ({ query: { from, to }, actor: { locale } }) => {
      const [moves, versions] = [await movementOf(platform, from, to), await programme.versions()];
      const keys = [...new Set([...(versionAt(versions, clock.now().getTime())?.definition.tiers ?? []).map(({ key }) => key), ...moves.flatMap((move) => [move.from ?? [], move.to ?? []].flat())])];
      return { from, to, tiers: keys.map((key) => shownTier(versions, key, locale)), moves, computedAt: clock.now().toISOString() };
    }),
  ];
}
