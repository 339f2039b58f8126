import type pg from 'pg';
import type { Answer } from '../../part.ts';

/** Counts answers, and writes the counts down together. */
export interface Tallies {
  count(accountNo: number, answer: Answer, now: Date): void;
  flush(): Promise<void>;
}

const hourMs = 3_600_000;
/** Codes of an account in an hour that are told apart; a provider that invents a code for each answer fills no table. */
const mostCodes = 50;

export function createTallies(pool: pg.Pool): Tallies {
  let counts = new Map<string, { accountNo: number; hour: Date; outcome: string; code: string; count: number; lastAt: Date }>();
  return {
    count(accountNo, { outcome, code = '' }, now) {
      const hour = new Date(Math.floor(now.getTime() / hourMs) * hourMs);
      const key = `${accountNo} ${hour.getTime()} ${outcome} ${code}`;
      const kept = counts.get(key);
      if (kept) Object.assign(kept, { count: kept.count + 1, lastAt: now });
      else counts.set(key, { accountNo, hour, outcome, code, count: 1, lastAt: now });
    },
    async flush() {
      const all = [...counts.values()];
      if (all.length === 0) return;
      counts = new Map();
      const column = <T>(of: (one: (typeof all)[number]) => T): T[] => all.map(of);
      await pool.query(
        `with told as (
            select account_no, hour, outcome, case when known or place <= $7 then code else 'other' end as code, count, last_at
            from (select n.*, exists (select from channel_answer k where (k.account_no, k.hour, k.outcome, k.code) = (n.account_no, n.hour, n.outcome, n.code)) as known,
                row_number() over (partition by account_no, hour order by count desc) + (select count(*) from channel_answer k where k.account_no = n.account_no and k.hour = n.hour) as place
              from unnest($1::int[], $2::timestamptz[], $3::text[], $4::text[], $5::int[], $6::timestamptz[]) as n (account_no, hour, outcome, code, count, last_at)
              where account_no in (select account_no from channel_account)) s
          ), taken as (
            update channel_health h set taken_at = greatest(taken_at, t.at) from (select account_no, max(last_at) as at from told where outcome = 'taken' group by account_no) t where h.account_no = t.account_no
          )
          insert into channel_answer (account_no, hour, outcome, code, count, last_at) select account_no, hour, outcome, code, sum(count), max(last_at) from told group by 1, 2, 3, 4
          on conflict (account_no, hour, outcome, code) do update set count = channel_answer.count + excluded.count, last_at = greatest(channel_answer.last_at, excluded.last_at)`,
        [column((one) => one.accountNo), column((one) => one.hour), column((one) => one.outcome), column((one) => one.code), column((one) => one.count), column((one) => one.lastAt), mostCodes]);
    },
  };
}
