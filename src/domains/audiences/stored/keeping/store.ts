import type pg from 'pg';
import type { audienceKinds, AudienceOrigin } from '../../contract/audiences.ts';
import type { Rule } from '../../contract/rule.ts';

type Connection = pg.Pool | pg.PoolClient;

/** An audience as it is stored. */
export interface AudienceRow {
  audienceId: number;
  name: string;
  reason: string;
  kind: (typeof audienceKinds)[number];
  rule: Rule;
  ruleVersion: number;
  /** Where its people come from; null for whom the rule means. */
  origin: AudienceOrigin | null;
  owner: string;
  version: number;
  versionNo: number;
  size: number;
  isDue: boolean;
  freshAt: Date | null;
  trouble: { code: string; params: Record<string, unknown> } | null;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
}

const columns = `audience_id as "audienceId", name, reason, kind, rule, rule_version as "ruleVersion", origin, owner, version, version_no as "versionNo", size,
  is_due as "isDue", fresh_at as "freshAt", trouble, created_at as "createdAt", updated_at as "updatedAt", archived_at as "archivedAt"`;

export async function findAudiences(connection: Connection, audienceIds: readonly number[]): Promise<AudienceRow[]> {
  const { rows } = await connection.query<AudienceRow>(`select ${columns} from audience where audience_id = any($1::int[])`, [audienceIds]);
  return rows;
}

/** One audience, kept from changing until the transaction ends. */
export async function lockAudience(client: pg.PoolClient, audienceId: number): Promise<AudienceRow | undefined> {
  const { rows } = await client.query<AudienceRow>(`select ${columns} from audience where audience_id = $1 for no key update`, [audienceId]);
  return rows.at(0);
}

/** What an audience is made of. */
export type NewAudience = Pick<AudienceRow, 'name' | 'reason' | 'kind' | 'rule' | 'owner'> & Partial<Pick<AudienceRow, 'origin'>>;

export async function insertAudience(client: pg.PoolClient, { name, reason, kind, rule, owner, origin }: NewAudience, now: Date): Promise<number> {
  const { rows } = await client.query<{ audienceId: number }>(
    `insert into audience (name, reason, kind, rule, owner, origin, is_due, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $7, $3 = 'live', $6, $6) returning audience_id as "audienceId"`,
    [name, reason, kind, JSON.stringify(rule), owner, now, origin ? JSON.stringify(origin) : null]);
  return rows[0].audienceId;
}

export interface Asked {
  q?: string;
  kind?: AudienceRow['kind'];
  archived: boolean;
  limit: number;
  offset: number;
}

/** Columns a list can be sorted by. */
export const audienceSorts = { name: 'lower(name)', size: 'size', createdAt: 'created_at', updatedAt: 'updated_at' } as const;

export async function pageOfAudiences(pool: pg.Pool, asked: Asked, sort: keyof typeof audienceSorts, descending: boolean): Promise<{ rows: AudienceRow[]; total: number }> {
  const where = `(archived_at is not null) = $1 and ($2::text is null or kind = $2)
    and ($3 = '' or position(lower($3) in lower(name)) > 0 or position(lower($3) in lower(owner)) > 0)`;
  const filters = [asked.archived, asked.kind ?? null, asked.q ?? ''];
  const direction = descending ? 'desc' : 'asc';
  const [page, count] = await Promise.all([
    pool.query<AudienceRow>(
      `select ${columns} from audience where ${where} order by ${audienceSorts[sort]} ${direction}, audience_id ${direction} limit $4 offset $5`,
      [...filters, asked.limit, asked.offset]),
    pool.query<{ total: number }>(`select count(*)::int as total from audience where ${where}`, filters),
  ]);
  return { rows: page.rows, total: count.rows[0].total };
}

/** Audiences whose rules refer to these. */
export async function usersOf(connection: Connection, audienceIds: readonly number[]): Promise<{ usedId: number; audienceId: number; name: string }[]> {
  const { rows } = await connection.query<{ usedId: number; audienceId: number; name: string }>(
    `select used_id as "usedId", audience_id as "audienceId", name from audience_reference join audience using (audience_id)
      where used_id = any($1::int[]) order by name`, [audienceIds]);
  return rows;
}
