import type pg from 'pg';
import { formatDecimal, parseDecimal } from '../../../../kernel/decimal.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { readMembersOverview, type MembersOverview } from '../../contract/members-overview.ts';
import type { ProgrammeDefinition } from '../../contract/programme.ts';
import type { MembershipDoors } from '../../part.ts';
import { expectedOf } from '../points/terms.ts';
import { type KeptReport, readReport } from './kept-report.ts';

const tenThousand = 10_000n;

/** What the overview of members reads: added up before, never while somebody waits. */
export const overviewRoutes = ({ platform: { pg, clock }, programme }: Pick<MembershipDoors, 'platform' | 'programme'>): Route[] => [
  route(readMembersOverview, async () => {
    const [kept, version] = await Promise.all([readReport(pg), programme.at(clock.now().getTime())]);
    if (!version) return { overview: null, waitsFor: 'programme' as const };
    // What was added up of members who are all gone says nothing any more.
    if (!(await hasMembers(pg))) return { overview: null, waitsFor: 'members' as const };
    return kept ? { overview: shownOverview(kept.report, kept.computedAt, version.definition), waitsFor: null } : { overview: null, waitsFor: 'sums' as const };
  }),
];

const hasMembers = async (pool: pg.Pool): Promise<boolean> =>
  (await pool.query<{ has: boolean }>('select exists (select from member) or exists (select from points_account) as has')).rows[0].has;

/** Liability is what is expected to be asked for (IFRS 15, B44 to B46): outstanding points, less those that will never be, times what a point pays. */
export function shownOverview({ tiers, joined, moved, points, outstanding, breakage }: KeptReport, computedAt: Date, { tiers: defined, points: { worth } }: ProgrammeDefinition): MembersOverview {
  const membersOf = (key: string): number => tiers.find(({ tier }) => tier === key)?.members ?? 0;
  const face = BigInt(outstanding) * (parseDecimal(worth) ?? 0n);
  const expected = expectedOf({ breakage });
  return {
    members: tiers.reduce((sum, { members }) => sum + members, 0),
    tiers: defined.map(({ key, names, color }) => ({ key, names, color, members: membersOf(key) })),
    joined, makeUp: makeUpOf(moved), points, outstanding, breakage,
    faceValue: formatDecimal(face), liability: formatDecimal((face * expected) / tenThousand), computedAt: computedAt.toISOString(),
  };
}

/** Changes added up, month after month. */
function makeUpOf(moved: KeptReport['moved']): MembersOverview['makeUp'] {
  const members: Record<string, number> = {};
  return [...Map.groupBy(moved, ({ month }) => month)].map(([month, own]) => {
    for (const { tier, change } of own) members[tier] = (members[tier] ?? 0) + change;
    return { month, members: { ...members } };
  });
}
