import type pg from 'pg';
import type { Platform } from '../../../../platform/platform.ts';
import type { FreshBatch } from '../../facts/apply.ts';
import type { FactLog } from '../../facts/fact-log.ts';
import { makeFrame } from '../../facts/frame.ts';
import { describe } from '../api/reading/read-call.ts';
import type { RequestSeal } from '../api/request-seal.ts';
import { sealBody } from '../desk/sealed-body.ts';
import { insertSetAside } from '../desk/set-aside-store.ts';
import type { Refusal } from '../events/set-aside-reason.ts';
import { decodeRow, type TrackedEvent, type Unreadable } from './decode.ts';
import type { IntakeDoors } from './doors.ts';
import { deleteRows, type IntakeRow } from './intake-rows.ts';
import { type BatchSettings, makeFacts } from './make-facts.ts';
import { isPassing } from './passing-error.ts';
import { dropRepeats } from './repeats.ts';
import { noteSummariesDue } from './summaries-due.ts';
import { addFlags, addTotals } from './totals.ts';

/** What a round works with. */
export interface RoundTools {
  platform: Platform;
  facts: FactLog;
  doors: IntakeDoors;
  seal: RequestSeal;
  settings: BatchSettings;
}

/**
 * Makes facts of waiting requests: sealed and out of the intake log in one transaction. When some event makes that
 * fail, each request is tried alone, then each event of the failing one, and what fails alone is set aside: an event
 * is tried three times at most. Throws only what will pass (a store that is away, a full disk); nothing has changed then.
 */
export async function runRound(tools: RoundTools, rows: IntakeRow[]): Promise<FreshBatch[]> {
  const whole = await tryRows(tools, rows, new Set());
  if (whole !== 'failed') return whole;
  tools.platform.log.warn({ requests: rows.length }, 'a batch of events failed; trying its requests one by one');
  const sealed: FreshBatch[] = [];
  for (const row of rows) {
    const alone = await tryRows(tools, [row], new Set());
    sealed.push(...(alone === 'failed' ? await withoutPoison(tools, row) : alone));
  }
  return sealed;
}

async function withoutPoison(tools: RoundTools, row: IntakeRow): Promise<FreshBatch[]> {
  const { events } = decodeRow(row, tools.seal);
  const poison = new Set<number>();
  for (const [index, event] of events.entries()) {
    if (!(await survives(tools, event))) poison.add(index);
  }
  const rest = poison.size > 0 ? await tryRows(tools, [row], poison) : 'failed';
  if (rest !== 'failed') return rest;
  // Its events fail only together: none of them can be told to be the cause.
  const all = await tryRows(tools, [row], new Set(events.keys()));
  if (all === 'failed') throw new Error('a request could not even be set aside');
  return all;
}

class Rehearsal extends Error {}

/** Whether facts can be made of this event alone; leaves no trace. */
async function survives({ facts, doors, settings }: RoundTools, event: TrackedEvent): Promise<boolean> {
  try {
    await facts.seal(async (client) => {
      await makeFacts(client, doors, settings, 0, [event]);
      throw new Rehearsal();
    });
  } catch (error) {
    if (error instanceof Rehearsal) return true;
    if (isPassing(error)) throw error;
  }
  return false;
}

async function tryRows(tools: RoundTools, rows: IntakeRow[], poison: ReadonlySet<number>): Promise<FreshBatch[] | 'failed'> {
  try {
    const batch = await sealRows(tools, rows, poison);
    return batch ? [batch] : [];
  } catch (error) {
    if (isPassing(error)) throw error;
    tools.platform.log.error({ err: error }, 'events could not be made facts');
    return 'failed';
  }
}

async function sealRows(tools: RoundTools, rows: IntakeRow[], poison: ReadonlySet<number>): Promise<FreshBatch | null> {
  const { facts, doors, seal, settings } = tools;
  const decoded = rows.map((row) => decodeRow(row, seal));
  const read = decoded.flatMap((each) => each.events);
  const unreadable = decoded.flatMap((each) => each.unreadable);
  const good = poison.size > 0 ? read.filter((_, index) => !poison.has(index)) : read;
  const failed = read.filter((_, index) => poison.has(index)).map((event) => aside(event, { reason: 'processing_failed' }));
  const [batchNo] = await facts.reserve();
  return facts.seal(async (client, append) => {
    await deleteRows(client, rows);
    const fresh = await dropRepeats(client, good);
    const made = await makeFacts(client, doors, settings, batchNo, fresh);
    const refused = [...made.refused].map(([event, refusal]) => aside(event, refusal));
    await forget(client, refused);
    await keepAside(tools, client, [...unreadable, ...failed, ...refused]);
    await addFlags(client, made.flags);
    await noteSummariesDue(client, batchNo, made.buyers.filter((no) => no > 0));
    await addTotals(client, rows, {
      accepted: made.events,
      duplicates: good.length - fresh.length,
      setAside: unreadable.length + failed.length + refused.length,
      flagged: made.flags.length,
    });
    await append(await Promise.all(made.rows.map((rowsOfTable) => makeFrame(batchNo, 0, rowsOfTable))));
  });
}

type Aside = Unreadable & { event?: TrackedEvent };

const aside = (event: TrackedEvent, refusal: Refusal): Aside => ({ row: event.row, original: event.original, refusal, event });

/** What is set aside was not seen: its replay must not be taken for a repeat. */
async function forget(client: pg.PoolClient, refused: Aside[]): Promise<void> {
  if (refused.length === 0) return;
  await client.query('delete from message_seen where message_id = any($1::uuid[])',
    [refused.map(({ event }) => event?.eventId)]);
}

async function keepAside({ doors }: RoundTools, client: pg.PoolClient, events: Aside[]): Promise<void> {
  await insertSetAside(client, events.map(({ row: { receivedAt, writeKeyId, callType }, original, refusal }) =>
    ({ receivedAt, writeKeyId, ...describe(original, refusal, callType), body: sealBody(doors.customers.vault, JSON.stringify(original)) })));
}
