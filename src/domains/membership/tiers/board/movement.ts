import { addDays, type Day, daysBetween, startOfDay } from '../../../../kernel/day.ts';
import { Problem } from '../../../../kernel/problem.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import type { TierMovement } from '../../contract/tiers.ts';

const mostDays = 1_100;

/**
 * Who moved from which tier to which in a period: by the first change in it, which says what was before, and the last, which says what is after.
 * Whoever ended where they began did not move.
 */
export async function movementOf({ pg }: Pick<Platform, 'pg'>, from: Day, to: Day): Promise<TierMovement['moves']> {
  const days = daysBetween(from, to);
  if (days < 0 || days > mostDays) throw new Problem('membership.movement_period', { status: 400, params: { most: mostDays } });
  const { timeZone } = await readBrand(pg);
  const { rows } = await pg.query<{ from: string | null; to: string | null; people: number }>(
    `select f as from, t as to, count(*) as people from (
        select distinct on (customer_no) customer_no,
          first_value(from_tier) over w as f, last_value(to_tier) over w as t
        from tier_change where occurred_at >= $1 and occurred_at < $2
        window w as (partition by customer_no order by occurred_at, change_no rows between unbounded preceding and unbounded following)
      ) moved where f is distinct from t group by 1, 2 order by 3 desc`, [startOfDay(from, timeZone), startOfDay(addDays(to, 1), timeZone)]);
  return rows;
}
