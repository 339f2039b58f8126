import type pg from 'pg';
import type { Day } from '../../../../kernel/day.ts';
import type { TagDefinition, TagKind } from '../../contract/tag-definition.ts';

type Connection = pg.Pool | pg.PoolClient;

/** One of the tiers of a tag; a tag of its own for rules. */
export interface TierCard {
  tagId: number;
  label: string;
  size: number;
}

/** A tag of the library as it is stored. */
export interface TagCard {
  tagId: number;
  name: string;
  kind: TagKind;
  categoryId: number | null;
  owner: string;
  meaning: string;
  definition: TagDefinition;
  /** 0 while nobody has described it. */
  version: number;
  validDays: number | null;
  validUntil: Day | null;
  tiers: TierCard[];
  versionNo: number;
  /** Of a computed tag. */
  size: number;
  evaluatedAt: Date | null;
  stamp: string | null;
  tookMs: number;
  limits: string[] | null;
  limitsDay: Day | null;
  trouble: { code: string; params: Record<string, unknown> } | null;
  /** When a tag that is given by hand was given last. */
  givenAt: Date | null;
}

const columns = `tag.tag_id as "tagId", tag.name, coalesce(c.kind, 'hand') as kind, c.category_id as "categoryId", coalesce(c.owner, '') as owner,
  coalesce(c.meaning, '') as meaning, coalesce(c.definition, '{"kind": "hand"}') as definition, coalesce(c.version, 0) as version,
  valid_days as "validDays", valid_until::text as "validUntil",
  coalesce((select jsonb_agg(jsonb_build_object('tagId', t.tag_id, 'label', t.meaning, 'size', coalesce(ts.size, 0)) order by t.position)
    from tag_card t left join tag_state ts using (tag_id) where t.parent_id = tag.tag_id), '[]') as tiers,
  coalesce(s.version_no, 0) as "versionNo", coalesce(s.size, 0) as size, s.evaluated_at as "evaluatedAt", s.stamp, coalesce(s.took_ms, 0) as "tookMs",
  s.limits, s.limits_day::text as "limitsDay", s.trouble,
  case when not is_computed then (select added_at from customer_tag held where held.tag_id = tag.tag_id order by added_at desc limit 1) end as "givenAt"`;
const from = 'tag left join tag_card c using (tag_id) left join tag_state s using (tag_id)';

/** Every tag but the tiers, which are told with theirs. */
export async function readCards(connection: Connection): Promise<TagCard[]> {
  const { rows } = await connection.query<TagCard>(`select ${columns} from ${from} where c.kind is distinct from 'tier' order by tag.name, tag.tag_id`);
  return rows;
}

/** One tag; of a tier, the tag it is a tier of. */
export async function findCard(connection: Connection, tagId: number): Promise<TagCard | undefined> {
  const { rows } = await connection.query<TagCard>(
    `select ${columns} from ${from} where tag.tag_id = coalesce((select parent_id from tag_card where tag_id = $1), $1)`, [tagId]);
  return rows.at(0);
}

/** Computed tags, those that were not computed for the longest first. */
export async function readComputedCards(connection: Connection): Promise<TagCard[]> {
  const { rows } = await connection.query<TagCard>(
    `select ${columns} from ${from} where c.kind in ('file', 'rule', 'tiers') order by s.evaluated_at nulls first, tag.tag_id`);
  return rows;
}

/** What a person decides about a tag. */
export interface CardFields {
  name: string;
  categoryId: number | null;
  owner: string;
  meaning: string;
  validDays: number | null;
  validUntil: Day | null;
  definition: TagDefinition;
}

/** Makes a tag, or describes one that is there; returns its id. */
export async function insertTag(client: pg.PoolClient, { name, validDays, validUntil, definition }: CardFields): Promise<number> {
  const { rows } = await client.query<{ tagId: number }>(
    'insert into tag (name, valid_days, valid_until, is_computed) values ($1, $2, $3, $4) returning tag_id as "tagId"',
    [name, validDays, validUntil, definition.kind !== 'hand']);
  return rows[0].tagId;
}

export async function writeCard(client: pg.PoolClient, tagId: number, { name, categoryId, owner, meaning, validDays, validUntil, definition }: CardFields, at: Date): Promise<void> {
  await client.query('update tag set name = $2, valid_days = $3, valid_until = $4 where tag_id = $1', [tagId, name, validDays, validUntil]);
  await client.query(
    `insert into tag_card (tag_id, kind, category_id, owner, meaning, definition, updated_at) values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (tag_id) do update set category_id = $3, owner = $4, meaning = $5, definition = $6, updated_at = $7, version = tag_card.version + 1`,
    [tagId, definition.kind, categoryId, owner, meaning, JSON.stringify(definition), at]);
}

/** Makes the tiers of a tag those of the labels: known labels keep their tags, and so their people and rules. */
export async function writeTiers(client: pg.PoolClient, { tagId, name, tiers }: Pick<TagCard, 'tagId' | 'name' | 'tiers'>, labels: readonly string[], at: Date): Promise<void> {
  const known = new Map(tiers.map((tier) => [tier.label, tier.tagId]));
  const gone = tiers.filter(({ label }) => !labels.includes(label)).map((tier) => tier.tagId);
  await client.query('delete from tag where tag_id = any($1::int[])', [gone]);
  for (const [position, label] of labels.entries()) {
    const tierName = `${name}·${label}`;
    let tierId = known.get(label);
    if (tierId === undefined) {
      const { rows } = await client.query<{ tagId: number }>('insert into tag (name, is_computed) values ($1, true) returning tag_id as "tagId"', [tierName]);
      tierId = rows[0].tagId;
      await client.query('insert into tag_state (tag_id) values ($1)', [tierId]);
    } else await client.query('update tag set name = $2 where tag_id = $1', [tierId, tierName]);
    await client.query(
      `insert into tag_card (tag_id, kind, parent_id, position, owner, meaning, definition, updated_at) values ($1, 'tier', $2, $3, '', $4, '{}', $5)
        on conflict (tag_id) do update set position = $3, updated_at = $5`, [tierId, tagId, position, label, at]);
  }
}
