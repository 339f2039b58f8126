import type pg from 'pg';
import { dayIn } from '../../../../kernel/day.ts';
import { notFound } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { readDirectory } from '../../../access/public.ts';
import { type PartnerCard, type PartnerStage, partnerStages } from '../../contract/partners.ts';

/** Those that ended are remembered, and not worked with. */
const mostEnded = 50;

interface Row {
  partnerId: number;
  name: string;
  trade: string;
  website: string;
  summary: string;
  stage: PartnerStage;
  stageSince: Date;
  ownerId: number | null;
  owner: string | null;
  nextStep: string;
  nextStepOn: string | null;
  nextStepOwnerId: number | null;
  nextStepOwner: string | null;
  lowPacks: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

const columns = `partner_id as "partnerId", p.name, trade, website, summary, stage, stage_since as "stageSince", owner_id as "ownerId", o.name as owner,
  next_step as "nextStep", next_step_on::text as "nextStepOn", next_step_owner_id as "nextStepOwnerId", s.name as "nextStepOwner", version, p.created_at as "createdAt", p.updated_at as "updatedAt",
  (select count(*)::int from partner_pack k where k.partner_id = p.partner_id and k.state = 'active' and k.is_limited and k.ends_on >= $1::date
    and k.bought - k.granted + k.returned <= k.alert_level) as "lowPacks"`;
const joins = 'partner p left join staff o on o.staff_id = p.owner_id left join staff s on s.staff_id = p.next_step_owner_id';

const personOf = (staffId: number | null, name: string | null) => (staffId === null || name === null ? null : { staffId, name });

function cardOf(row: Row, today: string): PartnerCard {
  const { partnerId, name, trade, stage, stageSince, lowPacks, version } = row;
  return {
    partnerId, name, trade, stage, lowPacks, version,
    stageSince: stageSince.toISOString(),
    owner: personOf(row.ownerId, row.owner),
    nextStep: { text: row.nextStep, on: row.nextStepOn, owner: personOf(row.nextStepOwnerId, row.nextStepOwner) },
    isLate: stage !== 'ended' && row.nextStepOn !== null && row.nextStepOn < today,
  };
}

const todayOf = async ({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>): Promise<string> => dayIn((await readBrand(pool)).timeZone, clock.now());

/** The board: within a stage those first whose next step is due first. */
export async function readBoard(platform: Pick<Platform, 'pg' | 'clock'>, { q = '', ownerId = null }: { q?: string | undefined; ownerId?: number | null | undefined }) {
  const { pg: pool, clock } = platform;
  const today = await todayOf(platform);
  const where = '(position(lower($2) in lower(p.name)) > 0 or position(lower($2) in lower(trade)) > 0) and ($3::int is null or owner_id = $3)';
  const { rows } = await pool.query<Row & { total: number }>(
    `select * from (select ${columns}, row_number() over (partition by stage order by stage_since desc) as place, count(*) over (partition by stage)::int as total from ${joins} where ${where}) b
      where stage <> 'ended' or place <= ${mostEnded} order by "nextStepOn" nulls last, lower(name)`, [today, q, ownerId]);
  const totals = Object.fromEntries(partnerStages.map((stage) => [stage, rows.find((row) => row.stage === stage)?.total ?? 0])) as Record<PartnerStage, number>;
  const owners = (await readDirectory(pool)).map(({ staffId, name }) => ({ staffId, name }));
  return { board: rows.map((row) => cardOf(row, today)), totals, owners, computedAt: clock.now().toISOString() };
}

/** A partner without its contacts and scenes; 404 where there is none. */
export async function readPartnerRow(platform: Pick<Platform, 'pg' | 'clock'>, partnerId: number) {
  const today = await todayOf(platform);
  const { rows: [row] } = await platform.pg.query<Row>(`select ${columns} from ${joins} where partner_id = $2`, [today, partnerId]);
  if (!row) throw notFound('membership.partner_not_found', { partnerId });
  return { ...cardOf(row, today), website: row.website, summary: row.summary, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
}

/** 404 where there is no such partner. */
export async function demandPartner(pool: pg.Pool | pg.PoolClient, partnerId: number): Promise<void> {
  const { rowCount } = await pool.query('select from partner where partner_id = $1', [partnerId]);
  if (!rowCount) throw notFound('membership.partner_not_found', { partnerId });
}
