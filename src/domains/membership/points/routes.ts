import type { Actor } from '../../../kernel/actor.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Platform } from '../../../platform/platform.ts';
import { adjustPoints, commitHold, givePointsBack, holdPoints, listPointsEntries, readPoints, readPointsProof, releaseHold, type ShownEntry, spendPoints } from '../contract/points.ts';
import type { Command } from '../ledger/command.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { aboutOf, type Told } from './about.ts';
import { adjustment, committing, holding, releasing, returning, spending } from './commands.ts';
import { readProof } from './nightly-proof.ts';
import { accountsOf, entriesOf, type EntryRow, pointsOf } from './read-points.ts';

/** Endpoints of points: what somebody has and why, by hand, and at a checkout. */
export function pointsRoutes(platform: Platform, ledger: Ledger, say: Say): Route[] {
  const carryOut = async (command: Command) => {
    const { amount, shortfall, lots, balance, isReplay } = await ledger.execute(command);
    return { amount, shortfall, balance, isReplay, lots: lots.map(({ expiresAt, ...lot }) => ({ ...lot, expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() })) };
  };
  const sent = <I>(make: (actor: Actor, input: I, now: Date) => Command) => ({ body, actor }: { body: I; actor: Actor }) => carryOut(make(actor, body, platform.clock.now()));
  return [
    route(readPoints, ({ params: { customerNo } }) => pointsOf(platform, customerNo)),
    route(listPointsEntries, async ({ params: { customerNo }, query, actor: { locale } }) => historyOf(platform, await accountsOf(platform, customerNo), query, say, locale)),
    route(readPointsProof, async () => ({ proof: await readProof(platform.pg) })),
    route(adjustPoints, async ({ params: { customerNo }, body, actor }) => carryOut(adjustment(actor, { ...body, customerNo }, platform.clock.now()))),
    route(spendPoints, sent(spending)),
    route(holdPoints, sent(holding)),
    route(commitHold, sent(committing)),
    route(releaseHold, sent(releasing)),
    route(givePointsBack, sent(returning)),
  ];
}

/** A page of a person's points, line by line, the newest first. */
export async function historyOf(platform: Pick<Platform, 'pg'>, accounts: readonly number[], { before, limit }: { before?: number | undefined; limit: number }, say: Say, locale: Locale) {
  const rows = await entriesOf(platform, accounts, before, limit);
  const page = rows.slice(0, limit);
  return { entries: page.map((row) => shownEntry(row, say, locale)), next: rows.length > limit ? (page.at(-1)?.entryNo ?? null) : null };
}

/** "Spent on order 17, out of points earned on 3 March": why, in a sentence. */
export function shownEntry({ occurredAt, recordedAt, lots, ...row }: EntryRow, say: Say, locale: Locale): ShownEntry {
  const { by, reason, document, order } = row.derivation as Told;
  const about = aboutOf(row.kind, { by, reason, document });
  const shortfall = row.shortfall > 0 ? ` ${say(locale, 'membership', 'entry.shortfall', { shown: new Intl.NumberFormat(locale).format(row.shortfall) })}` : '';
  return {
    ...row,
    occurredAt: occurredAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
    sentence: say(locale, 'membership', `entry.${row.kind}.${about}`, { by, reason, document, order }) + shortfall,
    lots: lots.map(({ earnedAt, expiresAt, ...lot }) => ({ ...lot, earnedAt: new Date(earnedAt).toISOString(), expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString() })),
  };
}
