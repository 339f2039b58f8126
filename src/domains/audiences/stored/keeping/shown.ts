import { dayIn, startOfDay } from '../../../../kernel/day.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import type { Say } from '../../../../platform/i18n.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { AudienceOrigin, ShownAudience } from '../../contract/audiences.ts';
import type { Rule } from '../../contract/rule.ts';
import { type AudienceRow, usersOf } from './store.ts';

/** How audiences are told to people. */
export interface Showing {
  platform: Platform;
  say: Say;
  /** A rule in words. */
  sentence(rule: Rule, locale: Locale): Promise<string>;
}

/** Audiences as they are shown, in their order. */
export async function showAudiences({ platform, say, sentence }: Showing, rows: readonly AudienceRow[], locale: Locale): Promise<ShownAudience[]> {
  const ids = rows.map((row) => row.audienceId);
  const [moves, users, liveAt] = await Promise.all([movesToday(platform, ids), usersOf(platform.pg, ids), liveFreshAt(platform)]);
  const troubleOf = ({ trouble }: AudienceRow): string | null => {
    if (!trouble) return null;
    const [namespace, ...key] = trouble.code.split('.');
    return say(locale, namespace, `problem.${key.join('.')}`, trouble.params);
  };
  return Promise.all(rows.map(async (row) => {
    const { audienceId, name, reason, kind, origin, owner, version, size, createdAt, updatedAt, archivedAt } = row;
    // No rule means these people; who wants them in a rule asks for the audience.
    const rule: Rule = origin ? { kind: 'audience', audienceId } : row.rule;
    return {
      audienceId, name, reason, kind, rule, origin, owner, version, size,
      sentence: origin ? originText(say, locale, origin) : await sentence(rule, locale),
      enteredToday: moves.get(audienceId)?.entered ?? 0,
      leftToday: moves.get(audienceId)?.left ?? 0,
      freshAt: freshAtOf(row, liveAt)?.toISOString() ?? null,
      trouble: troubleOf(row),
      usedBy: users.filter((user) => user.usedId === audienceId).map((user) => ({ audienceId: user.audienceId, name: user.name })),
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      archivedAt: archivedAt?.toISOString() ?? null,
    };
  }));
}

/** "The 5,000 people most like those of “members”", and whether these are among them; or what they were found as. */
function originText(say: Say, locale: Locale, origin: AudienceOrigin): string {
  if ('kind' in origin) return origin.sentences[locale];
  const { name, reach, withMembers } = origin;
  return say(locale, 'audiences', withMembers ? 'expansion.originWithMembers' : 'expansion.origin', { name, shown: new Intl.NumberFormat(locale).format(reach) });
}

/** A live audience is as new as all of them are, unless something keeps it back. */
function freshAtOf({ kind, freshAt, isDue, trouble, archivedAt }: AudienceRow, liveAt: Date | null): Date | null {
  if (kind === 'fixed' || isDue || trouble || archivedAt || !freshAt || !liveAt) return freshAt;
  return liveAt > freshAt ? liveAt : freshAt;
}

async function liveFreshAt({ pg: pool }: Platform): Promise<Date | null> {
  const { rows } = await pool.query<{ freshAt: Date | null }>('select fresh_at as "freshAt" from audience_progress');
  return rows[0].freshAt;
}

/** Who came and went since the brand's day began. The first members of an audience did not come. */
async function movesToday({ pg: pool, clock }: Platform, audienceIds: readonly number[]): Promise<Map<number, { entered: number; left: number }>> {
  const { timeZone } = await readBrand(pool);
  const { rows } = await pool.query<{ audienceId: number; entered: number; left: number }>(
    `select audience_id as "audienceId", sum(entered_count)::int as entered, sum(left_count)::int as left
      from audience_version where audience_id = any($1::int[]) and at >= $2 group by audience_id`,
    [audienceIds, startOfDay(dayIn(timeZone, clock.now()), timeZone)]);
  return new Map(rows.map((row) => [row.audienceId, row]));
}
