import type pg from 'pg';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';

/** What plans hold in the brand's currency: lines of budgets with a cap or something booked, and what positions cost. Said in somebody's language. */
export async function heldAmounts(connection: pg.Pool | pg.PoolClient, say: Say, locale: Locale): Promise<string[]> {
  const { rows: [counts] } = await connection.query<Record<'lines' | 'booked' | 'costs', number>>(
    `select (select count(*)::int from budget_line l where cap > 0 or exists (select from budget_entry e where e.line_no = l.line_no) or exists (select from budget_change c where c.line_no = l.line_no and c.state = 'open')) as lines,
      (select count(*)::int from budget_entry) as booked, (select count(*)::int from plan_item where kind = 'position_cost' and removed_at is null) as costs`);
  return (['lines', 'booked', 'costs'] as const).flatMap((what) => (counts[what] > 0 ? [say(locale, 'planning', `amountsHeld.${what}`, { count: counts[what] })] : []));
}
