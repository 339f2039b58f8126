import { z } from 'zod';
import type { OutboundReply } from '../../../../platform/outbound/outbound.ts';
import type { ToldReceipt } from '../receipts/heard.ts';
import { jsonOf } from './http.ts';

const perPage = 1_000;
const mostPages = 200;
const tasksPage = z.object({ errcode: z.literal(0), task_list: z.array(z.object({ userid: z.string(), status: z.number() })), next_cursor: z.string().default('') });
const resultsPage = z.object({ errcode: z.literal(0), send_list: z.array(z.object({ external_userid: z.string().optional(), status: z.number(), send_time: z.number().optional() })), next_cursor: z.string().default('') });

/** What WeCom's numbers mean: sent on; no contact any more; had enough of others already. Zero is not sent on yet. */
const meanings: Record<number, Pick<ToldReceipt, 'kind' | 'isFinal' | 'code'>> = {
  1: { kind: 'delivered', isFinal: false, code: null },
  2: { kind: 'bounced', isFinal: true, code: 'not_a_contact' },
  3: { kind: 'bounced', isFinal: false, code: 'had_enough' },
};
const employeeDone = 2;

type Ask = (path: string, body: object) => Promise<OutboundReply>;

/** Reads what employees did with tasks, page by page; a task that cannot be read is left for the next time. */
export async function readResults(ask: Ask, providerIds: readonly string[], now: Date): Promise<ToldReceipt[]> {
  const told: ToldReceipt[] = [];
  for (const msgid of new Set(providerIds.map((id) => id.split(' ')[0]))) {
    const tasks = await pages(ask, 'get_groupmsg_task', { msgid }, tasksPage, (page) => page.task_list);
    for (const { userid } of tasks.filter(({ status }) => status === employeeDone)) {
      const results = await pages(ask, 'get_groupmsg_send_result', { msgid, userid }, resultsPage, (page) => page.send_list);
      for (const { external_userid: to, status, send_time: seconds } of results) {
        const meaning = meanings[status];
        if (to === undefined || meaning === undefined) continue;
        const id = `${msgid} ${to}`;
        told.push({ ...meaning, id, messageIds: [id], address: to, at: seconds ? new Date(seconds * 1_000) : now });
      }
    }
  }
  return told;
}

async function pages<P extends { next_cursor: string }, T>(ask: Ask, path: string, body: object, schema: z.ZodType<P>, rowsOf: (page: P) => T[]): Promise<T[]> {
  const rows: T[] = [];
  let cursor = '';
  for (let page = 0; page < mostPages; page++) {
    const read = schema.safeParse(jsonOf(await ask(path, { ...body, limit: perPage, cursor })));
    if (!read.success) return rows;
    rows.push(...rowsOf(read.data));
    cursor = read.data.next_cursor;
    if (cursor === '') return rows;
  }
  return rows;
}
