import type { z } from 'zod';
import { type Actor, actorKey } from '../../../../kernel/actor.ts';
import { conflict } from '../../../../kernel/problem.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { recordAudit } from '../../../access/public.ts';
import type { agreeDueDays } from '../../contract.ts';
import { lockPlan } from '../../items/changes.ts';
import type { PlanningDoors } from '../../part.ts';
import { beginningOf, dueRows, readAgreedDays, readDueItems } from '../evidence/due-days.ts';
import { demandOpen } from './keep-cards.ts';
import { isOwn } from './read-cards.ts';
import { requireCard } from './store.ts';

/** The second person's word on due days that were moved: from now on they count for this card. Throws `planning.own_move` for who moved one of them. */
export function agreeTo({ platform: { pg: pool, clock } }: PlanningDoors, cardNo: number, { days, reason }: z.output<NonNullable<(typeof agreeDueDays)['body']>>, actor: Actor): Promise<void> {
  return inTransaction(pool, async (client) => {
    await lockPlan(client, (await requireCard(client, cardNo)).planNo);
    const card = await requireCard(client, cardNo, true);
    if (isOwn(card, actor)) throw conflict('planning.own_card', { cardNo });
    await demandOpen(client, cardNo);
    const { timeZone } = await readBrand(client);
    const agreed = new Map((await readAgreedDays(client, [cardNo])).map((each) => [each.itemNo, each]));
    const rows = dueRows(card, 'both', await readDueItems(client, card.planNo, beginningOf([card], timeZone)), agreed, timeZone);
    for (const { itemNo, dueOn } of days) {
      const row = rows.find((each) => each.itemNo === itemNo);
      if (!row?.moved || row.moved.agreedBy !== null || row.moved.to !== dueOn) throw conflict('planning.day_changed', { cardNo });
      if (row.movedBy.some((by) => by === actorKey(actor) || by === actor.name)) throw conflict('planning.own_move', { name: row.name });
    }
    await client.query(
      `insert into kpi_due_day (card_no, item_no, due_on, reason, by_name, by_actor, at) select $1, d.*, $4, $5, $6, $7 from unnest($2::int[], $3::date[]) as d`,
      [cardNo, days.map(({ itemNo }) => itemNo), days.map(({ dueOn }) => dueOn), reason, actor.name, actorKey(actor), clock.now()]);
    // Whoever is about to freeze what they saw before is told that it is another score now.
    await client.query('update kpi_card set version = version + 1 where card_no = $1', [cardNo]);
    await recordAudit(client, { actor, action: 'planning.agree_due_days', subject: `card:${cardNo}`, details: { days: days.length, reason } });
  });
}
