import { z } from 'zod';
import type { OutboundReply } from '../../../../platform/outbound/outbound.ts';
import type { ToldReceipt } from '../receipts/heard.ts';
import { codeOf, type ReportPage, type ReportPeriod } from './adapter.ts';

const text = z.union([z.string(), z.number()]).transform(String);
const page = z.object({
  NextStart: z.string().nullish(),
  data: z.object({ mailDetail: z.array(z.object({ ToAddress: z.string(), Status: z.coerce.number(), UtcLastUpdateTime: text.nullish(), ErrorClassification: z.string().nullish() })).default([]) }).nullish(),
});

const perPage = '100';
/** What DirectMail calls the ends of a mail. An address that is none is of no use any more; what was taken for spam, or failed, may arrive another time. */
const delivered = 0;
const deadAddress = 2;
const ends: ReadonlySet<number> = new Set([delivered, deadAddress, 3, 4]);
const chinaMs = 8 * 3_600_000;

/** A moment as DirectMail is asked for it: to the minute, in the time of China. */
const minuteOf = (at: Date): string => new Date(at.getTime() + chinaMs).toISOString().slice(0, 16).replace('T', ' ');

/** Asks for a page of what became of mails of an address in a period; null where it was not answered as it should be. */
export async function readReports(ask: (query: Record<string, string>) => Promise<OutboundReply>, accountName: string, { since, until, next }: ReportPeriod, now: Date): Promise<ReportPage | null> {
  const reply = await ask({ AccountName: accountName, StartTime: minuteOf(since), EndTime: minuteOf(until), Length: perPage, ...(next === '' ? {} : { NextStart: next }) });
  const read = reply.status === 200 ? page.safeParse(parsed(reply.text)) : null;
  if (!read?.success) return null;
  const rows = read.data.data?.mailDetail ?? [];
  const told = rows.filter(({ Status }) => ends.has(Status)).map(({ ToAddress, Status, UtcLastUpdateTime, ErrorClassification }): ToldReceipt => {
    const seconds = Number(UtcLastUpdateTime);
    const at = seconds > 0 ? new Date(Math.min(seconds * 1_000, now.getTime())) : now;
    const isDelivered = Status === delivered;
    return {
      kind: isDelivered ? 'delivered' : 'bounced', id: `${UtcLastUpdateTime ?? ''} ${Status} ${ToAddress}`, messageIds: [], isOfLast: true, address: ToAddress, at,
      isFinal: Status === deadAddress, code: isDelivered ? null : codeOf(ErrorClassification || Status),
    };
  });
  // A full page that is not followed by another says so with an empty place, or with none.
  return { told, next: rows.length === 0 ? '' : (read.data.NextStart ?? '') };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
