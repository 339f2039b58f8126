import type { FastifyReply } from 'fastify';
import type { Actor } from '../../../kernel/actor.ts';
import type { EndpointReply } from '../../../kernel/endpoint.ts';
import { sendCsv } from '../../../platform/http/csv-reply.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Platform } from '../../../platform/platform.ts';
import { recordAudit } from '../../access/public.ts';
import type { MakeUp } from '../contract/make-up.ts';
import type { readRfm } from '../contract/rfm.ts';

interface Asking {
  platform: Platform;
  say: Say;
  actor: Actor;
  reply: FastifyReply;
}

const columns = ['trait', 'value', 'people', 'share', 'basePeople', 'baseShare', 'tgi', 'pValue'] as const;

/** A make-up as a CSV file, a line each value. Shares, TGI and p are as exact as they were computed. */
export async function sendMakeUp({ platform, say, actor, reply }: Asking, of: { audienceId: number; against: number | null }, { traits, size, base }: MakeUp, rfm: EndpointReply<typeof readRfm>): Promise<FastifyReply> {
  const word = (key: string): string => say(actor.locale, 'audiences', key);
  const all = [
    ...traits,
    { label: word('rfm.segments'), values: rfm.segments },
    ...(['recency', 'frequency', 'value'] as const).map((kind) => ({ label: word(`rfm.${kind}`), values: rfm.scores[kind] })),
  ];
  const rows = all.flatMap(({ label, values }) => values.map(({ label: value, inAudience, inBase, tgi, pValue }) =>
    [label, value, inAudience, shareOf(inAudience, size), inBase, shareOf(inBase, base), tgi, pValue]));
  await recordAudit(platform.pg, { actor, action: 'audiences.export_make_up', subject: `audience:${of.audienceId}`, details: { against: of.against, rows: rows.length } });
  return sendCsv(reply, `audience-${of.audienceId}-make-up.csv`, columns.map((column) => word(`makeUp.column.${column}`)), each(rows));
}

const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

async function* each<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}
