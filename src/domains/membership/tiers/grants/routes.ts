import type pg from 'pg';
import { addDays, startOfDay } from '../../../../kernel/day.ts';
import type { Locale } from '../../../../kernel/locale.ts';
import { conflict, notFound, Problem } from '../../../../kernel/problem.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import { lineageOf, readRows } from '../../../customers/public.ts';
import { askTierGrant, decideTierGrant, endTierGrant, listTierGrants, type TierGrant } from '../../contract/tiers.ts';
import { shownTier } from '../../members/shown.ts';
import type { MembershipDoors } from '../../part.ts';
import type { Version } from '../../programme/programme.ts';
import type { TierKeeper } from '../keep/keeper.ts';

interface GrantRow {
  grantNo: number;
  customerNo: number;
  tier: string;
  reason: string;
  askedBy: string;
  askedByNo: number;
  askedAt: Date;
  approvedBy: string | null;
  approvedAt: Date | null;
  refusedAt: Date | null;
  startsAt: Date;
  endsAt: Date | null;
  endedBy: string | null;
}

const columns = `grant_no as "grantNo", customer_no as "customerNo", tier, reason, asked_by as "askedBy", asked_by_no as "askedByNo", asked_at as "askedAt", approved_by as "approvedBy", approved_at as "approvedAt",
  refused_at as "refusedAt", starts_at as "startsAt", ends_at as "endsAt", ended_by as "endedBy"`;

function stateOf({ approvedAt, refusedAt, startsAt, endsAt }: GrantRow, now: Date): TierGrant['state'] {
  if (refusedAt) return 'refused';
  if (!approvedAt) return 'waiting';
  if (endsAt && endsAt <= now) return 'ended';
  return startsAt > now ? 'coming' : 'active';
}

async function lockGrant(client: pg.PoolClient, grantNo: number): Promise<GrantRow> {
  const { rows: [row] } = await client.query<GrantRow>(`select ${columns} from tier_grant where grant_no = $1 for update`, [grantNo]);
  if (!row) throw notFound('membership.no_grant', { grantNo });
  return row;
}

/** Endpoints of tiers that are given by hand: asked for by one, approved by another. */
export function grantRoutes(doors: MembershipDoors, keeper: TierKeeper): Route[] {
  const { platform, programme, members, customers } = doors;
  const { pg: pool, clock } = platform;
  const shown = (row: GrantRow, versions: readonly Version[], names: ReadonlyMap<number, string | null>, locale: Locale): TierGrant => ({
    grantNo: row.grantNo, customerNo: row.customerNo, name: names.get(row.customerNo) ?? null, tier: shownTier(versions, row.tier, locale), reason: row.reason, state: stateOf(row, clock.now()),
    askedBy: row.askedBy, askedAt: row.askedAt.toISOString(), approvedBy: row.approvedBy, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt?.toISOString() ?? null, endedBy: row.endedBy,
  });
  return [
    route(listTierGrants, async ({ query: { page, pageSize, customerNo }, actor: { locale } }) => {
      const accounts = customerNo === undefined ? null : await lineageOf(pool, customerNo);
      const [{ rows }, { rows: [{ total }] }, versions] = await Promise.all([
        pool.query<GrantRow>(`select ${columns} from tier_grant where $1::int[] is null or customer_no = any($1) order by (approved_at is null and refused_at is null) desc, grant_no desc limit $2 offset $3`, [accounts, pageSize, (page - 1) * pageSize]),
        pool.query<{ total: number }>('select count(*) as total from tier_grant where $1::int[] is null or customer_no = any($1)', [accounts]),
        programme.versions(),
      ]);
      const names = new Map((await readRows(platform, customers.vault, rows.map((row) => row.customerNo))).map((person) => [person.customerNo, person.name]));
      return { rows: rows.map((row) => shown(row, versions, names, locale)), total, computedAt: clock.now().toISOString() };
    }),
    route(askTierGrant, async ({ params: { customerNo }, body: { tier, reason, from, until }, actor }) => {
      const now = clock.now();
      const [accounts, version, { timeZone }] = [await lineageOf(pool, customerNo), await programme.at(now.getTime()), await readBrand(pool)];
      if (accounts.length === 0) throw notFound('membership.nobody', { customerNo });
      if (!(await members.standings([customerNo])).has(customerNo)) throw conflict('membership.no_member');
      if (!version?.definition.tiers.some(({ key }) => key === tier)) throw new Problem('membership.no_tier', { status: 400, params: { tier } });
      // A floor begins with its day, and ends with the end of its last.
      const [startsAt, endsAt] = [startOfDay(from, timeZone), until === undefined ? null : startOfDay(addDays(until, 1), timeZone)];
      if (endsAt && (endsAt <= startsAt || endsAt <= now)) throw new Problem('membership.grant_period', { status: 400 });
      return inTransaction(pool, async (client) => {
        const { rows: [{ grantNo }] } = await client.query<{ grantNo: number }>(
          `insert into tier_grant (customer_no, tier, reason, asked_by, asked_by_no, asked_at, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6, $7, $8) returning grant_no as "grantNo"`,
          [accounts[0], tier, reason, actor.name, actor.id, now, startsAt, endsAt]);
        await recordAudit(client, { actor, action: 'membership.ask_tier_grant', subject: `customer:${accounts[0]}`, details: { grantNo, tier, reason, from, until: until ?? null } });
        return { grantNo };
      });
    }),
    route(decideTierGrant, async ({ params: { grantNo }, body: { isApproved }, actor }) => inTransaction(pool, async (client) => {
      const row = await lockGrant(client, grantNo);
      if (row.approvedAt || row.refusedAt) throw conflict('membership.grant_decided');
      if (isApproved && row.askedByNo === actor.id) throw conflict('membership.second_person');
      const sql = isApproved ? 'update tier_grant set approved_by = $2, approved_by_no = $3, approved_at = $4 where grant_no = $1' : 'update tier_grant set approved_by = $2, approved_by_no = nullif($3, asked_by_no), refused_at = $4 where grant_no = $1';
      await client.query(sql, [grantNo, actor.name, actor.id, clock.now()]);
      await recordAudit(client, { actor, action: 'membership.decide_tier_grant', subject: `customer:${row.customerNo}`, details: { grantNo, isApproved } });
      if (isApproved) await lookSoon(client, row.customerNo, clock.now());
      return { grantNo };
    })),
    route(endTierGrant, async ({ params: { grantNo }, body: { reason }, actor }) => inTransaction(pool, async (client) => {
      const row = await lockGrant(client, grantNo);
      const now = clock.now();
      if (!['coming', 'active', 'waiting'].includes(stateOf(row, now))) throw conflict('membership.grant_ended');
      const at = row.startsAt > now ? row.startsAt : now;
      await client.query('update tier_grant set ends_at = $2, ended_by = $3, ended_at = $4, refused_at = case when approved_at is null then $4::timestamptz end where grant_no = $1', [grantNo, at, actor.name, now]);
      await recordAudit(client, { actor, action: 'membership.end_tier_grant', subject: `customer:${row.customerNo}`, details: { grantNo, reason } });
      if (row.approvedAt) await lookSoon(client, row.customerNo, now);
      return { grantNo };
    })),
  ];

  /** Looks at somebody now; where another holds their row, very soon. */
  async function lookSoon(client: pg.PoolClient, customerNo: number, now: Date): Promise<void> {
    const accounts = await lineageOf(pool, customerNo);
    if ((await keeper.look(client, accounts)).length === 0) await client.query('update member set due_at = least(due_at, $2) where customer_no = any($1::int[]) and left_at is null', [accounts, now]);
  }
}
