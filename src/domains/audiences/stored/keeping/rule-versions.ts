import type pg from 'pg';
import type { Rule } from '../../contract/rule.ts';

/** A rule as it came to be, and what came of it. */
export interface RuleVersion {
  ruleVersion: number;
  rule: Rule;
  madeAt: Date;
  madeBy: string;
  /** Its people at that moment, and who came and left by it; null for rules that were there before this was written down. */
  size: number | null;
  entered: number | null;
  left: number | null;
}

/** Writes down a rule, in the transaction that makes it the one of its audience. */
export async function keepRule(client: pg.PoolClient, audienceId: number, { ruleVersion, rule, madeAt, madeBy, size, entered, left }: RuleVersion): Promise<void> {
  await client.query(
    'insert into audience_rule (audience_id, rule_version, rule, made_at, made_by, size, entered, "left") values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [audienceId, ruleVersion, JSON.stringify(rule), madeAt, madeBy, size, entered, left]);
}

/** The rules an audience had, the newest first; or the one of a number. */
export async function pageOfRules(pool: pg.Pool, audienceId: number, { page, pageSize, ruleVersion = null }: { page: number; pageSize: number; ruleVersion?: number | null }): Promise<{ rows: RuleVersion[]; total: number }> {
  const where = 'audience_id = $1 and ($2::int is null or rule_version = $2)';
  const { rows } = await pool.query<RuleVersion>(
    `select rule_version as "ruleVersion", rule, made_at as "madeAt", made_by as "madeBy", size, entered, "left"
      from audience_rule where ${where} order by rule_version desc limit $3 offset $4`, [audienceId, ruleVersion, pageSize, (page - 1) * pageSize]);
  const { rows: [{ total }] } = await pool.query<{ total: number }>(`select count(*)::int as total from audience_rule where ${where}`, [audienceId, ruleVersion]);
  return { rows, total };
}
