import type pg from 'pg';
import type { z } from 'zod';
import type { Actor } from '../../../../kernel/actor.ts';
import { notFound, Problem } from '../../../../kernel/problem.ts';
import type { EndpointInput } from '../../../../kernel/endpoint.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { insertEntries } from '../api/intake-log.ts';
import { packed } from '../api/reading/read-call.ts';
import { createRequestSeal } from '../api/request-seal.ts';
import { checkEvent } from '../events/check-event.ts';
import type { SetAsideReason } from '../events/set-aside-reason.ts';
import type { listSetAside, setAsideEvent } from './contract.ts';
import { type BodyVault, openBody } from './sealed-body.ts';

export type SetAsideEvent = z.output<typeof setAsideEvent>;

/** What people do with events that could not become facts. */
export interface SetAsideEvents {
  list(query: EndpointInput<typeof listSetAside>['query']): Promise<{ rows: SetAsideEvent[]; total: number; computedAt: string }>;
  read(eventNo: number, actor: Actor): Promise<SetAsideEvent & { body: string }>;
  /** Sends it again; throws `collect.event_still_unusable` (422) with the reason while it cannot become a fact. */
  replay(eventNo: number, correctedBody: string | undefined, actor: Actor): Promise<void>;
  replayAll(reason: SetAsideReason, actor: Actor): Promise<{ replayed: number; remaining: number }>;
  discard(eventNo: number, actor: Actor): Promise<void>;
}

const replaysAtOnce = 1_000;

export function createSetAsideEvents({ pg, clock, secret }: Platform, vault: BodyVault): SetAsideEvents {
  const { seal } = createRequestSeal(secret);
  const sendAgain = async (client: pg.PoolClient, row: Row, text: string): Promise<void> => {
    await insertEntries(client, [{
      receivedAt: row.received_at, writeKeyId: row.write_key_id, callType: row.call_type, eventCount: 1, body: packed(text, seal),
    }]);
    await close(client, row.event_no, 'replayed_at');
  };
  return {
    async list({ page, pageSize, reason }) {
      const matching = `from ${open} where ${waiting} and ($1::text is null or reason = $1)`;
      const { rows } = await pg.query<Omit<Row, 'body'>>(`select ${shownColumns} ${matching} order by event_no desc limit $2 offset $3`,
        [reason ?? null, pageSize, (page - 1) * pageSize]);
      const all = await pg.query<{ total: number }>(`select count(*) as total ${matching}`, [reason ?? null]);
      return { rows: rows.map(asEvent), total: all.rows[0].total, computedAt: clock.now().toISOString() };
    },
    read: (eventNo, actor) => inTransaction(pg, async (client) => {
      const row = await find(client, eventNo);
      await recordAudit(client, { actor, action: 'collect.read_set_aside_event', subject: `set_aside_event:${eventNo}` });
      return { ...asEvent(row), body: openBody(vault, row.body) };
    }),
    replay: (eventNo, correctedBody, actor) => inTransaction(pg, async (client) => {
      const row = await find(client, eventNo);
      const text = correctedBody ?? openBody(vault, row.body);
      const refusal = refusalOf(text, row);
      if (refusal) throw new Problem('collect.event_still_unusable', { status: 422, params: refusal });
      await sendAgain(client, row, text);
      await recordAudit(client, {
        actor, action: 'collect.replay_set_aside_event', subject: `set_aside_event:${eventNo}`, details: { corrected: correctedBody !== undefined },
      });
    }),
    replayAll: (reason, actor) => inTransaction(pg, async (client) => {
      const { rows } = await client.query<Row>(
        `select ${columns} from ${open} where ${waiting} and reason = $1 order by event_no limit $2 for update of e`, [reason, replaysAtOnce]);
      let replayed = 0;
      for (const row of rows) {
        const text = openBody(vault, row.body);
        if (refusalOf(text, row)) continue;
        await sendAgain(client, row, text);
        replayed++;
      }
      await recordAudit(client, { actor, action: 'collect.replay_set_aside_events', subject: `reason:${reason}`, details: { replayed } });
      const left = await client.query<{ n: number }>(`select count(*) as n from ${open} where ${waiting} and reason = $1`, [reason]);
      return { replayed, remaining: left.rows[0].n };
    }),
    discard: (eventNo, actor) => inTransaction(pg, async (client) => {
      await find(client, eventNo);
      await close(client, eventNo, 'discarded_at');
      await recordAudit(client, { actor, action: 'collect.discard_set_aside_event', subject: `set_aside_event:${eventNo}` });
    }),
  };
}

interface Row {
  event_no: number;
  received_at: Date;
  write_key_id: number;
  source: string | null;
  reason: SetAsideReason;
  path: string | null;
  call_type: string | null;
  event_name: string | null;
  body: Buffer;
}

const open = 'set_aside_event e left join write_key k using (write_key_id)';
const waiting = 'replayed_at is null and discarded_at is null';
const shownColumns = 'event_no, received_at, write_key_id, k.name as source, reason, path, call_type, event_name';
const columns = `${shownColumns}, e.body`;

const asEvent = (row: Omit<Row, 'body'>): SetAsideEvent => ({
  eventNo: row.event_no,
  receivedAt: row.received_at.toISOString(),
  source: row.source,
  reason: row.reason,
  path: row.path,
  callType: row.call_type,
  eventName: row.event_name,
});

async function find(client: pg.PoolClient, eventNo: number): Promise<Row> {
  const { rows } = await client.query<Row>(`select ${columns} from ${open} where event_no = $1 and ${waiting} for update of e`, [eventNo]);
  if (rows.length === 0) throw notFound('collect.set_aside_event_not_found');
  return rows[0];
}

/** Ends the waiting of an event; what it held is deleted. */
async function close(client: pg.PoolClient, eventNo: number, column: 'replayed_at' | 'discarded_at'): Promise<void> {
  await client.query(`update set_aside_event set ${column} = now(), body = '' where event_no = $1`, [eventNo]);
}

/** Why it cannot become a fact even now; null when it can be tried. */
function refusalOf(text: string, row: Row): { reason: string; path: string } | null {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return { reason: 'not_an_object', path: '' };
  }
  const refusal = checkEvent(event, row.call_type, undefined, row.received_at.getTime());
  return refusal && { reason: refusal.reason, path: refusal.path ?? '' };
}
