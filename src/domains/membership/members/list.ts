import type { z } from 'zod';
import { addDays, startOfDay } from '../../../kernel/day.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { parseSort } from '../../../kernel/page.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import { lineagesOf, readRows, type Vault } from '../../customers/public.ts';
import type { exportMembersList, MemberRow } from '../contract/members.ts';
import type { Version } from '../programme/programme.ts';
import { asPersons } from './as-persons.ts';
import { shownTier, waysOf } from './shown.ts';

type Asked = z.output<typeof exportMembersList.query & z.ZodType>;

interface Row {
  customerNo: number;
  joinedAt: Date;
  joinedBy: string;
  leftAt: Date | null;
  tier: string;
  tierSince: Date;
  reviewAt: Date | null;
}

const dayMs = 86_400_000;
const columns = { joinedAt: 'joined_at', tierSince: 'tier_since', reviewAt: 'review_at' } as const;
const spendable = 'remaining > 0 and available_at <= $1 and (expires_at is null or expires_at > $1)';

/** What of the rows is asked for; text comes from here alone, values are bound. */
async function asSql({ pg: pool, clock }: Platform, versions: readonly Version[], { tier, state, joinedFrom, joinedTo, dueWithin, pointsFrom, sort }: Asked): Promise<{ where: string; order: string; values: unknown[] }> {
  const { timeZone } = await readBrand(pool);
  const now = clock.now();
  const tiers = versions.findLast(({ startsAt }) => startsAt <= now.getTime())?.definition.tiers.map(({ key }) => key) ?? [];
  const values: unknown[] = [now, tiers];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const parts = [state === 'left' ? 'left_at is not null' : 'left_at is null', '$1::timestamptz is not null'];
  if (tier !== undefined) parts.push(`tier = ${bind(tier)}`);
  if (joinedFrom !== undefined) parts.push(`joined_at >= ${bind(startOfDay(joinedFrom, timeZone))}`);
  if (joinedTo !== undefined) parts.push(`joined_at < ${bind(startOfDay(addDays(joinedTo, 1), timeZone))}`);
  if (dueWithin !== undefined) parts.push(`least(review_at, grace_until) <= ${bind(new Date(now.getTime() + dueWithin * dayMs))}`);
  if (pointsFrom !== undefined) parts.push(`m.customer_no in (select coalesce(p.root, l.customer_no) from points_lot l left join part p using (customer_no) where ${spendable} group by 1 having sum(remaining) >= ${bind(pointsFrom)})`);
  const { field, descending } = parseSort(sort, ['joinedAt', 'tierSince', 'reviewAt']) ?? { field: 'joinedAt' as const, descending: true };
  const direction = descending ? 'desc nulls last' : 'asc nulls last';
  return { where: parts.join(' and '), order: `${columns[field]} ${direction}, m.customer_no ${descending ? 'desc' : 'asc'}`, values };
}

const rowColumns = 'm.customer_no as "customerNo", joined_at as "joinedAt", joined_by as "joinedBy", left_at as "leftAt", tier, tier_since as "tierSince", review_at as "reviewAt"';

/** One page of members, and how many there are. */
export async function listPage(platform: Platform, vault: Vault, versions: readonly Version[], asked: Asked & { page: number; pageSize: number }, locale: Locale): Promise<{ rows: MemberRow[]; total: number }> {
  const { where, order, values } = await asSql(platform, versions, asked);
  const [{ rows }, { rows: [{ total }] }] = await Promise.all([
    platform.pg.query<Row>(`${asPersons} select ${rowColumns} from person m where ${where} order by ${order} limit ${asked.pageSize} offset ${(asked.page - 1) * asked.pageSize}`, values),
    platform.pg.query<{ total: number }>(`${asPersons} select count(*) as total from person m where ${where}`, values),
  ]);
  return { rows: await completed(platform, vault, versions, rows, locale), total };
}

const rowsAtOnce = 1_000;

/** All of them, by their numbers, some at a time. */
export async function* allRows(platform: Platform, vault: Vault, versions: readonly Version[], asked: Asked, locale: Locale): AsyncGenerator<MemberRow> {
  const { where, values } = await asSql(platform, versions, asked);
  for (let after = 0; ;) {
    const { rows } = await platform.pg.query<Row>(`${asPersons} select ${rowColumns} from person m where ${where} and m.customer_no > ${after} order by m.customer_no limit ${rowsAtOnce}`, values);
    yield* await completed(platform, vault, versions, rows, locale);
    if (rows.length < rowsAtOnce) return;
    after = rows[rows.length - 1].customerNo;
  }
}

/** What people can spend, under whichever of their numbers it was earned. */
async function readPoints({ pg: pool, clock }: Platform, customerNos: readonly number[]): Promise<Map<number, number>> {
  const lineages = await lineagesOf(pool, customerNos);
  const { rows } = await pool.query<{ customerNo: number; points: number }>(
    `select customer_no as "customerNo", sum(remaining)::bigint as points from points_lot where ${spendable} and customer_no = any($2::int[]) group by customer_no`, [clock.now(), [...lineages.values()].flat()]);
  const own = new Map(rows.map(({ customerNo, points }) => [customerNo, points]));
  return new Map([...lineages].map(([customerNo, accounts]) => [customerNo, accounts.reduce((sum, no) => sum + (own.get(no) ?? 0), 0)]));
}

/** Rows with what customers and points say of them. Who was erased meanwhile is left out. */
async function completed(platform: Platform, vault: Vault, versions: readonly Version[], rows: readonly Row[], locale: Locale): Promise<MemberRow[]> {
  const numbers = rows.map(({ customerNo }) => customerNo);
  const [people, pointsOf] = await Promise.all([readRows(platform, vault, numbers), readPoints(platform, numbers)]);
  const personOf = new Map(people.map((person) => [person.customerNo, person]));
  return rows.flatMap(({ joinedBy, tier, ...row }): MemberRow[] => {
    const person = personOf.get(row.customerNo);
    return person ? [{
      customerNo: row.customerNo, name: person.name, phone: person.phone, orders: person.orders, spent: person.spent, points: pointsOf.get(row.customerNo) ?? 0,
      tier: shownTier(versions, tier, locale), ...waysOf(joinedBy), joinedAt: row.joinedAt.toISOString(), tierSince: row.tierSince.toISOString(),
      leftAt: row.leftAt?.toISOString() ?? null, reviewAt: row.reviewAt?.toISOString() ?? null,
    }] : [];
  });
}
