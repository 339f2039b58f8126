import type pg from 'pg';
import type { Platform } from '../../../../platform/platform.ts';
import { notFound } from '../../../../kernel/problem.ts';
import type { PartnerPack } from '../../contract/partner-packs.ts';
import { referenceOf } from '../codes/keep-codes.ts';
import { plain } from './exact.ts';
import { todayOf } from './keep-contracts.ts';
import { type PackRow, packColumns } from './pack-row.ts';
import { leftOf, refusalOf } from './refusal.ts';

type World = Pick<Platform, 'pg' | 'clock'>;

interface Row extends PackRow {
  partner: string;
  stage: string;
  contractStarts: string;
  contractEnds: string;
  settlement: 'prepaid' | 'billed';
  currency: string;
  used: number;
  reversed: number;
  freeCodes: number | null;
  expired: number;
}

/** Packs of a partner, or of all, the newest first, each with why nothing is given of it today. */
export async function readPacks(world: World, { partnerId = null }: { partnerId?: number | null } = {}): Promise<PartnerPack[]> {
  const today = await todayOf(world);
  const { rows } = await world.pg.query<Row>(
    `select k.*, p.name as partner, p.stage, c.starts_on::text as "contractStarts", c.ends_on::text as "contractEnds", settlement, currency,
        case when codes = 'uploaded' then (select count(*)::int from partner_code f where f.pack_no = k."packNo" and f.grant_no is null) end as "freeCodes",
        (select count(*)::int from partner_grant g where g.pack_no = k."packNo" and used_at is null and reversed_at is null and expires_at <= $2) as expired
      from (select ${packColumns}, used, reversed from partner_pack) k join partner p on p.partner_id = k."partnerId" join partner_contract c on c.contract_id = k."contractId"
      where $1::int is null or k."partnerId" = $1 order by "packNo" desc`, [partnerId, world.clock.now()]);
  return rows.map((row) => shownPack(row, today));
}

function shownPack({ stage, contractStarts, contractEnds, isLimited, returned, ...row }: Row, today: string): PartnerPack {
  const pack = { ...row, isLimited, returned };
  const left = leftOf(pack);
  return {
    ...row, priceEach: plain(row.priceEach), left, isLow: left !== null && left <= row.alertLevel,
    refusal: refusalOf({ stage, contract: { startsOn: contractStarts, endsOn: contractEnds }, pack, freeCodes: row.freeCodes, held: 0 }, today),
  };
}

export type GrantState = 'given' | 'used' | 'reversed' | 'expired';

const stateSql = `case when reversed_at is not null then 'reversed' when used_at is not null then 'used' when expires_at <= $2 then 'expired' else 'given' end`;

/** Who was given what of a pack, the latest first. */
export async function readGrants({ pg: pool, clock }: World, packNo: number, { state = null, limit, offset }: { state?: GrantState | null | undefined; limit: number; offset: number }) {
  await demandPack(pool, packNo);
  const { rows } = await pool.query<{ grantNo: number; customerNo: number | null; codeEnd: string | null; state: GrantState; grantedAt: Date; expiresAt: Date | null; usedAt: Date | null; reversedAt: Date | null; total: number }>(
    `select grant_no as "grantNo", customer_no as "customerNo", hint as "codeEnd", state, granted_at as "grantedAt", expires_at as "expiresAt", used_at as "usedAt", reversed_at as "reversedAt", count(*) over ()::int as total
      from (select *, ${stateSql} as state from partner_grant where pack_no = $1) g left join partner_code c using (grant_no) where $3::text is null or state = $3 order by grant_no desc limit $4 offset $5`,
    [packNo, clock.now(), state, limit, offset]);
  return {
    rows: rows.map(({ total: _total, grantedAt, expiresAt, usedAt, reversedAt, ...row }) => ({
      ...row, reference: referenceOf(row.grantNo), grantedAt: grantedAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null, usedAt: usedAt?.toISOString() ?? null, reversedAt: reversedAt?.toISOString() ?? null,
    })),
    total: rows[0]?.total ?? 0, computedAt: clock.now().toISOString(),
  };
}

async function demandPack(pool: pg.Pool, packNo: number): Promise<void> {
  const { rowCount } = await pool.query('select from partner_pack where pack_no = $1', [packNo]);
  if (!rowCount) throw notFound('membership.partner_pack_not_found', { packNo });
}
