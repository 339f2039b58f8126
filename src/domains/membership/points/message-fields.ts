import type pg from 'pg';
import type { Locale } from '../../../kernel/locale.ts';
import type { Platform } from '../../../platform/platform.ts';
import { lineagesOf } from '../../customers/public.ts';
import { shownTier } from '../members/shown.ts';
import type { Members } from '../members/members.ts';
import type { Programme } from '../programme/programme.ts';

/** Something of a member that messages may show. */
export interface MessageField {
  name: string;
  label: string;
  kind: 'text' | 'number' | 'date';
  isPersonal: boolean;
  read(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[], locale: Locale): Promise<Map<number, unknown>>;
}

/** How long before their end points are said to expire. */
const soonMs = 30 * 86_400_000;

interface Points {
  available: number;
  /** Of those, what ends within the next days, and when the first of it does. */
  expiring: number;
  expireAt: Date | null;
}

/** Tier and points for messages, of each person over all their numbers. */
export function messageFields({ clock }: Pick<Platform, 'clock'>, programme: Programme, members: Members): MessageField[] {
  const points = (name: string, kind: MessageField['kind'], value: (points: Points) => unknown): MessageField => ({
    name: `member.${name}`, label: `membership:messageField.${name}`, kind, isPersonal: false,
    read: async (connection, customerNos) => new Map([...(await readPoints(connection, customerNos, clock.now()))].map(([no, of]) => [no, value(of)])),
  });
  return [
    {
      name: 'member.tier', label: 'membership:messageField.tier', kind: 'text', isPersonal: false,
      async read(connection, customerNos, locale) {
        const [standings, versions] = [await members.standings(customerNos, connection as pg.PoolClient), await programme.versions()];
        return new Map([...standings].map(([no, { tier }]) => [no, shownTier(versions, tier, locale).name]));
      },
    },
    points('points', 'number', ({ available }) => available),
    points('points_expiring', 'number', ({ expiring }) => expiring),
    points('points_expire_on', 'date', ({ expireAt }) => expireAt?.toISOString() ?? null),
  ];
}

async function readPoints(connection: pg.Pool | pg.PoolClient, customerNos: readonly number[], now: Date): Promise<Map<number, Points>> {
  const lineages = await lineagesOf(connection, customerNos);
  const { rows } = await connection.query<Points & { customerNo: number }>({
    name: 'points.for-messages',
    text: `with lot as (
        select customer_no, remaining, expires_at from points_lot
        where customer_no = any($1::int[]) and remaining > 0 and available_at <= $2 and (expires_at is null or expires_at > $2)
      ) select customer_no as "customerNo", sum(remaining)::float8 as available,
        coalesce(sum(remaining) filter (where expires_at <= $3), 0)::float8 as expiring, min(expires_at) filter (where expires_at <= $3) as "expireAt"
      from lot group by customer_no`,
    values: [[...new Set([...lineages.values()].flat())], now, new Date(now.getTime() + soonMs)],
  });
  const of = new Map(rows.map(({ customerNo, ...points }) => [customerNo, points]));
  return new Map([...lineages].map(([no, accounts]) => {
    const own = accounts.flatMap((account) => of.get(account) ?? []);
    const ends = own.flatMap(({ expireAt }) => expireAt ?? []).sort((a, b) => a.getTime() - b.getTime());
    return [no, { available: own.reduce((sum, one) => sum + one.available, 0), expiring: own.reduce((sum, one) => sum + one.expiring, 0), expireAt: ends.at(0) ?? null }];
  }));
}
