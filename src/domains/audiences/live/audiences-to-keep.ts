import type pg from 'pg';
import type { Rule } from '../contract/rule.ts';
import type { Standing } from '../stored/membership/read-membership.ts';
import { audiencesOf } from './sources.ts';

/** A live audience as it stands. */
export interface Live {
  standing: Standing;
  rule: Rule;
  /** It waits to be computed as a whole. */
  isDue: boolean;
  hasTrouble: boolean;
  /** The audiences whose members decide about its own. */
  uses: ReadonlySet<number>;
}

export async function readLive(pool: pg.Pool): Promise<Live[]> {
  const { rows } = await pool.query<Standing & { rule: Rule; isDue: boolean; hasTrouble: boolean }>({
    name: 'audiences.live',
    text: `select audience_id as "audienceId", rule_version as "ruleVersion", version_no as "versionNo", rewrites, rule, is_due as "isDue", trouble is not null as "hasTrouble"
      from audience where kind = 'live' and archived_at is null order by audience_id`,
  });
  return inOrder(rows.map(({ rule, isDue, hasTrouble, ...standing }) => ({ standing, rule, isDue, hasTrouble, uses: audiencesOf(rule) })));
}

/** Audiences after those they refer to. */
export function inOrder(audiences: readonly Live[]): Live[] {
  const byId = new Map(audiences.map((each) => [each.standing.audienceId, each]));
  const ordered = new Set<Live>();
  const visit = (audience: Live): void => {
    if (ordered.has(audience)) return;
    for (const usedId of audience.uses) {
      const used = byId.get(usedId);
      if (used) visit(used);
    }
    ordered.add(audience);
  };
  audiences.forEach(visit);
  return [...ordered];
}

/** Notes that these wait to be computed as a whole. */
export async function makeDue(connection: pg.Pool | pg.PoolClient, audienceIds: readonly number[]): Promise<void> {
  if (audienceIds.length > 0) await connection.query('update audience set is_due = true where audience_id = any($1::int[]) and not is_due', [audienceIds]);
}

/** Notes it of every live audience. */
export async function makeAllDue(pool: pg.Pool): Promise<void> {
  await pool.query("update audience set is_due = true where kind = 'live' and archived_at is null and not is_due");
}

/** Says why an audience could not be kept up to date; it is computed as a whole when that has passed. */
export async function noteTrouble(pool: pg.Pool, audienceId: number, trouble: { code: string; params: Record<string, unknown> }): Promise<void> {
  await pool.query('update audience set trouble = $2, is_due = true where audience_id = $1', [audienceId, JSON.stringify(trouble)]);
}
