import type pg from 'pg';
import type { Rule } from '../../contract/rule.ts';
import { changeAudience, type Keeping } from '../../stored/keeping/keep-audiences.ts';
import type { AudienceRules } from '../doors.ts';
import { referencesOf, withTagReplaced } from './rule-tags.ts';

interface LiveRule {
  audienceId: number;
  name: string;
  rule: Rule;
  version: number;
  versionNo: number;
}

/** Rules of the audiences that follow them. A fixed audience asks for nothing any more. */
export function createAudienceRules(keeping: Keeping): AudienceRules {
  const all = async (): Promise<LiveRule[]> => {
    const { rows } = await keeping.platform.pg.query<LiveRule>(
      `select audience_id as "audienceId", name, rule, version, version_no as "versionNo" from audience
        where kind = 'live' and archived_at is null order by name, audience_id`);
    return rows;
  };
  return {
    all,
    async replaceTag(fromId, toId, actor) {
      const asking = (await all()).filter(({ rule }) => referencesOf([rule]).tagIds.includes(fromId));
      for (const { audienceId, version, rule } of asking) await changeAudience(keeping, audienceId, { version, rule: withTagReplaced(rule, fromId, toId) }, actor);
      return asking.length;
    },
  };
}

/** Has the live audiences computed as a whole whose rules ask for one of these tags, in the caller's transaction: its people are others. */
export async function makeAskingAudiencesDue(client: pg.PoolClient, tagIds: readonly number[]): Promise<void> {
  await client.query(
    `update audience set is_due = true where kind = 'live' and not is_due and archived_at is null
      and exists (select from jsonb_path_query(rule, 'strict $.** ? (@.kind == "tag").tags[*]') as asked (tag_id) where tag_id::int = any($1::int[]))`, [tagIds]);
}
