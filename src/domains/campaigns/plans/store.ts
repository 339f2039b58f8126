import type pg from 'pg';
import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import { may } from '../../../kernel/actor.ts';
import { parseSort } from '../../../kernel/page.ts';
import { notFound } from '../../../kernel/problem.ts';
import { type Campaign, campaignDefinition, type CampaignDefinition, type CampaignEstimate, type CampaignState, type listCampaigns } from '../contract/plans.ts';

/** A campaign as it is kept. */
export interface CampaignRow {
  campaignNo: number;
  definition: CampaignDefinition;
  state: CampaignState;
  version: number;
  estimate: CampaignEstimate | null;
  needsApproval: boolean;
  editedActor: string;
  editedBy: string;
  editedAt: Date;
  submittedActor: string | null;
  submittedBy: string | null;
  approvedBy: string | null;
  nextAt: Date | null;
  beganAt: Date | null;
  lastAt: Date | null;
  finishedAt: Date | null;
  experimentNo: number | null;
  winner: string | null;
}

type Connection = pg.Pool | pg.PoolClient;
type Raw = Omit<CampaignRow, 'definition'> & { definition: unknown };
const columns = `campaign_no as "campaignNo", definition, state, version, estimate, needs_approval as "needsApproval", edited_actor as "editedActor", edited_by as "editedBy", edited_at as "editedAt",
  submitted_actor as "submittedActor", submitted_by as "submittedBy", approved_by as "approvedBy", next_at as "nextAt", began_at as "beganAt", last_at as "lastAt", finished_at as "finishedAt", experiment_no as "experimentNo", winner`;
const read = (row: Raw): CampaignRow => ({ ...row, definition: campaignDefinition.parse(row.definition) });

/** Who did something, so that a second person can be told from the first whatever they are called. */
export const actorKey = ({ kind, id }: Actor): string => `${kind} ${id}`;

export const isSecondPerson = ({ editedActor, submittedActor }: CampaignRow, actor: Actor): boolean => actorKey(actor) !== editedActor && actorKey(actor) !== submittedActor;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const shownCampaign = (row: CampaignRow, actor: Actor): Campaign => ({
  campaignNo: row.campaignNo, definition: row.definition, state: row.state, version: row.version, estimate: row.estimate, needsApproval: row.needsApproval, submittedBy: row.submittedBy, approvedBy: row.approvedBy,
  mayApprove: row.state === 'submitted' && may(actor, 'campaigns.approve') && isSecondPerson(row, actor),
  nextAt: iso(row.nextAt), beganAt: iso(row.beganAt), finishedAt: iso(row.finishedAt), winner: row.winner, editedBy: row.editedBy, editedAt: row.editedAt.toISOString(),
});

/** 404 for a campaign that is not there; locked where it is about to be changed. */
export async function demandCampaign(connection: Connection, campaignNo: number, lock: '' | 'for update' = ''): Promise<CampaignRow> {
  const { rows: [row] } = await connection.query<Raw>(`select ${columns} from campaign where campaign_no = $1 ${lock}`, [campaignNo]);
  if (!row) throw notFound('campaigns.not_found', { campaignNo });
  return read(row);
}

const sorts = { editedAt: 'edited_at', nextAt: 'next_at', beganAt: 'began_at' } as const;
type Asked = z.output<NonNullable<(typeof listCampaigns)['query']>>;

export async function listPlanned(pool: pg.Pool, { page, pageSize, sort, q, state, channel }: Asked): Promise<{ rows: CampaignRow[]; total: number }> {
  const { field, descending } = parseSort(sort, Object.keys(sorts) as (keyof typeof sorts)[]) ?? { field: 'editedAt' as const, descending: true };
  const { rows } = await pool.query<Raw & { total: number }>(
    `select ${columns}, count(*) over () as total from campaign
      where ($1::text is null or position(lower($1) in lower(definition ->> 'name')) > 0) and ($2::text is null or state = $2) and ($3::text is null or definition ->> 'channel' = $3)
      order by ${sorts[field]} ${descending ? 'desc' : 'asc'} nulls last, campaign_no desc limit $4 offset $5`, [q || null, state ?? null, channel ?? null, pageSize, (page - 1) * pageSize]);
  return { rows: rows.map(({ total: _total, ...row }) => read(row)), total: rows[0]?.total ?? 0 };
}

/** Campaigns that go, went or will go between two moments, the newest of them: what a calendar shows and what others are compared with; and how many there are. */
export async function campaignsBetween(connection: Connection, from: Date, until: Date, states: readonly CampaignState[], most: number): Promise<{ rows: CampaignRow[]; total: number }> {
  const { rows } = await connection.query<Raw & { total: number }>(
    `select ${columns}, count(*) over () as total from campaign where state = any($3::text[])
      and coalesce(began_at, next_at, (definition -> 'schedule' ->> 'at')::timestamptz, (definition -> 'schedule' ->> 'from')::timestamptz, edited_at) < $2
      and case when definition -> 'schedule' ->> 'when' = 'once' then coalesce(began_at, next_at, (definition -> 'schedule' ->> 'at')::timestamptz, edited_at)
        else least(coalesce(finished_at, 'infinity'), coalesce((definition -> 'schedule' ->> 'until')::timestamptz + interval '1 day', 'infinity')) end >= $1
      order by campaign_no desc limit $4`, [from, until, states, most]);
  return { rows: rows.map(({ total: _total, ...row }) => read(row)), total: rows[0]?.total ?? 0 };
}

/** Drafts it; the same key again is the same campaign. */
export async function insertCampaign(client: pg.PoolClient, key: string, definition: CampaignDefinition, actor: Actor, now: Date): Promise<{ campaignNo: number; isNew: boolean }> {
  const { rows } = await client.query<{ campaignNo: number }>(
    `insert into campaign (sender_key, definition, state, edited_actor, edited_by, edited_at) values ($1, $2, 'draft', $3, $4, $5) on conflict (sender_key) do nothing returning campaign_no as "campaignNo"`,
    [`${actorKey(actor)}: ${key}`, definition, actorKey(actor), actor.name, now]);
  if (rows.length > 0) return { campaignNo: rows[0].campaignNo, isNew: true };
  const { rows: [known] } = await client.query<{ campaignNo: number }>('select campaign_no as "campaignNo" from campaign where sender_key = $1', [`${actorKey(actor)}: ${key}`]);
  return { campaignNo: known.campaignNo, isNew: false };
}

export async function noteStep(client: pg.PoolClient, campaignNo: number, by: string, step: string, at: Date, note = ''): Promise<void> {
  await client.query('insert into campaign_step (campaign_no, at, by, step, note) values ($1, $2, $3, $4, $5)', [campaignNo, at, by, step, note]);
}

export async function readSteps(pool: pg.Pool, campaignNo: number): Promise<{ at: string; by: string; step: string; note: string }[]> {
  const { rows } = await pool.query<{ at: Date; by: string; step: string; note: string }>('select at, by, step, note from campaign_step where campaign_no = $1 order by step_no desc limit 200', [campaignNo]);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
