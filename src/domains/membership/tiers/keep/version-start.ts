import { z } from 'zod';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { Programme } from '../../programme/programme.ts';

/** With a new version everybody's tier is looked at once. */
export interface VersionStart {
  /** Makes some of those due whom a version that began concerns; returns how many numbers were gone through, 0 when all were. */
  mark(): Promise<number>;
}

const cursorName = 'tiers.version';
const position = z.object({ versionNo: z.number().int(), customerNo: z.number().int() });
const numbersAtOnce = 50_000;

export function createVersionStart({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, programme: Programme): VersionStart {
  return {
    async mark() {
      const now = clock.now().getTime();
      const version = (await programme.versions()).findLast(({ startsAt }) => startsAt <= now);
      if (!version) return 0;
      return inTransaction(pool, async (client) => {
        const { rows: [kept] } = await client.query<{ position: unknown }>('select position from membership_cursor where name = $1 for update', [cursorName]);
        const before = kept ? position.parse(kept.position) : null;
        const from = before?.versionNo === version.versionNo ? before.customerNo : 0;
        const { rows: [{ last }] } = await client.query<{ last: number | null }>('select max(customer_no) as last from member');
        // Whoever joins under a version needs no look at it.
        if (last === null || (before?.versionNo === version.versionNo && from >= last)) return 0;
        const until = Math.min(from + numbersAtOnce, last);
        // Those who never grew and never had another tier are where everybody begins, under any version.
        await client.query(
          `update member m set due_at = $3 where customer_no > $1 and customer_no <= $2 and left_at is null and (due_at is null or due_at > $3)
            and (life is not null or exists (select from growth_entry g where g.customer_no = m.customer_no))`, [from, until, new Date(version.startsAt)]);
        await client.query('insert into membership_cursor (name, position) values ($1, $2) on conflict (name) do update set position = excluded.position', [cursorName, { versionNo: version.versionNo, customerNo: until }]);
        return until - from;
      });
    },
  };
}
