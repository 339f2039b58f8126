import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { Gift } from '../../contract/benefits.ts';
import { nameIn, type Names } from '../../contract/programme.ts';
import type { Givers, Giving } from '../givers/giver.ts';

/** What was given of a gift: its codes, or the code of the problem that says why it was not. */
export interface Given {
  codes: string[];
  refusal: string | null;
}

interface Waiting {
  grantNo: number;
  customerNo: number;
  gifts: Gift[];
  given: Given[];
  at: number;
  expiresAt: number | null;
  names: Names;
}

const grantsAtOnce = 100;
const columns = `grant_no as "grantNo", customer_no as "customerNo", gifts, given, (extract(epoch from greatest(occurred_at, recorded_at)) * 1000)::bigint as at,
  (extract(epoch from expires_at) * 1000)::bigint as "expiresAt", (select definition -> 'names' from benefit b where b.benefit_id = g.benefit_id) as names`;

const givingOf = ({ grantNo, customerNo, at, expiresAt, names }: Waiting, gift: Gift, index: number): Giving =>
  ({ key: `benefit ${grantNo} ${index}`, customerNo, gift, at, expiresAt, title: nameIn(names, 'zh-CN') });

/**
 * Hands what was granted to its givers, some at a time, and writes what came of it. A crash in between gives again under the same keys, and
 * comes to the same. Returns how many there were.
 */
export function giveWaiting({ pg: pool }: Pick<Platform, 'pg'>, givers: Givers): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Waiting>(
      `select ${columns} from benefit_grant g where state = 'waiting' order by grant_no limit ${grantsAtOnce} for update skip locked`);
    const given = await Promise.all(rows.map((grant) => Promise.all(grant.gifts.map((gift, index) => give(givers, givingOf(grant, gift, index), grant.given[index])))));
    const isSpent = rows.map(({ gifts }) => gifts.length > 0 && gifts.every(({ giver }) => givers.all().some(({ kind, isSpentOnArrival }) => kind === giver && isSpentOnArrival)));
    await client.query(
      `update benefit_grant g set given = w.given, state = w.state, is_spent = w.is_spent and w.state = 'given'
        from unnest($1::bigint[], $2::jsonb[], $3::text[], $4::boolean[]) as w (grant_no, given, state, is_spent) where g.grant_no = w.grant_no`,
      [rows.map(({ grantNo }) => grantNo), given.map((each) => JSON.stringify(each)), given.map((each) => (each.length > 0 && each.every(({ refusal }) => refusal !== null) ? 'refused' : 'given')), isSpent]);
    return rows.length;
  });
}

/** Of a gift that was given before, what was given; anything that is nobody's fault here is tried again later. */
async function give(givers: Givers, giving: Giving, before: Given | undefined): Promise<Given> {
  if (before && before.refusal === null) return before;
  try {
    return { codes: (await givers.of(giving.gift.giver).grant(giving)).codes, refusal: null };
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return { codes: [], refusal: error.code };
    throw error;
  }
}

/** Has givers take back what was taken back, some at a time. Returns how many there were. */
export function returnDue({ pg: pool }: Pick<Platform, 'pg'>, givers: Givers): Promise<number> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<Waiting>(`select ${columns} from benefit_grant g where is_return_due order by grant_no limit ${grantsAtOnce} for update skip locked`);
    for (const grant of rows) {
      for (const [index, gift] of grant.gifts.entries()) {
        if (grant.given[index]?.refusal === null) await givers.of(gift.giver).takeBack(givingOf(grant, gift, index));
      }
    }
    await client.query('update benefit_grant set is_return_due = false where grant_no = any($1::bigint[])', [rows.map(({ grantNo }) => grantNo)]);
    return rows.length;
  });
}
