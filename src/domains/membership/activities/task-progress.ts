import { z } from 'zod';
import { ask, question } from '../../../platform/clickhouse/query.ts';
import { momentText } from '../../commerce/public.ts';
import type { Platform } from '../../../platform/platform.ts';
import { dayIn, addDays, startOfDay } from '../../../kernel/day.ts';
import type { ActivityDefinition } from '../contract/activities.ts';
import { taskSpan } from './rules/taking-part.ts';

const eventsDone = question({
  name: 'how often somebody did something',
  sql: `select count() as done from event where customer_no in {customerNos:Array(UInt32)} and kind = 'track' and name = {event:String}
    and occurred_at >= {from:DateTime64(3, 'UTC')} and occurred_at < {to:DateTime64(3, 'UTC')}`,
  params: z.object({ customerNos: z.array(z.number()), event: z.string(), from: z.string(), to: z.string() }),
  row: z.object({ done: z.coerce.number() }),
});

const profileKnown = question({
  name: 'what is known of somebody',
  sql: `select max(gender != '') as gender, max(birth_date is not null) as birthDate, max(province != '') as province, max(city != '') as city
    from customer final where customer_no in {customerNos:Array(UInt32)}`,
  params: z.object({ customerNos: z.array(z.number()) }),
  row: z.object({ gender: z.coerce.number(), birthDate: z.coerce.number(), province: z.coerce.number(), city: z.coerce.number() }),
});

/** How much of a task somebody has done; null where the activity is no task. */
export async function progressOf({ clickhouse }: Pick<Platform, 'clickhouse'>, definition: ActivityDefinition, lineage: readonly number[], timeZone: string, now: Date): Promise<{ done: number; of: number } | null> {
  const { does } = definition;
  if (does.kind !== 'task') return null;
  const customerNos = [...lineage];
  if (does.task.what === 'profile') {
    const [known] = await ask(clickhouse, profileKnown, { customerNos });
    return { done: does.task.fields.filter((field) => known?.[field] === 1).length, of: does.task.fields.length };
  }
  const today = dayIn(timeZone, now);
  const { from, to } = taskSpan(definition, startOfDay(today, timeZone), startOfDay(addDays(today, 1), timeZone));
  const [{ done }] = await ask(clickhouse, eventsDone, { customerNos, event: does.task.event, from: momentText(from), to: momentText(to) });
  return { done: Math.min(done, does.task.times), of: does.task.times };
}
