import { z } from 'zod';
import { question } from '../../../platform/clickhouse/query.ts';

/** What a person's trackers sent before a moment, newest first. `prewhere`: only of their own events is more read than the number. */
export const eventsOfPerson = question({
  name: "a person's events",
  sql: `select toString(event_id) as id, occurred_at as at, kind, name, channel, source, toJSONString(properties) as properties
    from event
    prewhere customer_no in {customerNos:Array(UInt32)}
    where (occurred_at < {before:DateTime64(3, 'UTC')} or (occurred_at = {before:DateTime64(3, 'UTC')} and toString(event_id) < {beforeId:String}))
    order by occurred_at desc, id desc limit {limit:UInt32}`,
  params: z.object({ customerNos: z.array(z.number()), before: z.string(), beforeId: z.string(), limit: z.number().int() }),
  row: z.object({
    id: z.string(),
    at: z.string(),
    kind: z.string(),
    name: z.string(),
    channel: z.string(),
    source: z.string(),
    properties: z.string(),
  }),
});
export type PersonEvent = z.output<typeof eventsOfPerson.row>;

/** How many events carry these numbers. */
export const countEventsOfPerson = question({
  name: "a person's events, counted",
  sql: 'select count() as events from event where customer_no in {customerNos:Array(UInt32)}',
  params: z.object({ customerNos: z.array(z.number()) }),
  row: z.object({ events: z.coerce.number() }),
});
