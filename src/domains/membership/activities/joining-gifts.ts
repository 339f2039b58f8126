import { Problem } from '../../../kernel/problem.ts';
import { publishedActivities } from './plan/store.ts';
import { stateAt } from './rules/state.ts';
import type { TakePartDoors } from './take-part/advance.ts';
import { takePartIn } from './take-part/take-part.ts';

const atOnce = 200;

/** Gives those who joined during an activity for new members what it promises them, each once. */
export async function giveToJoined(doors: TakePartDoors): Promise<number> {
  const { pg: pool, clock } = doors.platform;
  const running = (await publishedActivities(pool)).filter(({ definition, decided }) => definition.does.kind === 'joining' && stateAt(decided, definition, clock.now()) === 'running');
  let given = 0;
  for (const { activityNo, definition: { startsAt, endsAt, tiers } } of running) {
    for (let after = 0; ;) {
      const { rows } = await pool.query<{ customerNo: number }>(
        `select customer_no as "customerNo" from member m join customer c using (customer_no)
          where joined_at >= $2 and joined_at < coalesce($3, 'infinity'::timestamptz) and left_at is null and c.status = 0 and customer_no > $5 and ($4::text[] = '{}' or tier = any($4))
            and not exists (select from activity_participation p where p.activity_no = $1 and p.customer_no = m.customer_no) order by customer_no limit ${atOnce}`,
        [activityNo, startsAt, endsAt, tiers, after]);
      for (const { customerNo } of rows) {
        // Who may not have it, or finds the budget spent, is asked about again in the next round.
        const done = await takePartIn(doors, { key: `joining ${activityNo} ${customerNo}`, activityNo, customerNo }).catch((error: unknown) => {
          if (error instanceof Problem) return null;
          throw error;
        });
        if (done && !done.isReplay) given++;
      }
      if (rows.length < atOnce) break;
      after = rows[rows.length - 1].customerNo;
    }
  }
  return given;
}
