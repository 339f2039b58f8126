import { may } from '../../../kernel/actor.ts';
import { encodeBitmap } from '../../../kernel/bitmap/portable-write.ts';
import type { Day } from '../../../kernel/day.ts';
import { forbidden } from '../../../kernel/problem.ts';
import { sendCsv } from '../../../platform/http/csv-reply.ts';
import { rawRoute, type Route } from '../../../platform/http/route.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Platform } from '../../../platform/platform.ts';
import { recordAudit } from '../../access/public.ts';
import { cellsOfCustomers, exportedColumns, type Vault } from '../../customers/public.ts';
import { exportBitmap, exportMembers } from '../contract/take-out.ts';
import type { StoredSets } from '../set/evaluator.ts';

/** Members as files. The audit log says who took which audience, how many people, and whether in full. */
export function takeOutRoutes(platform: Platform, vault: Vault, { members }: Pick<StoredSets, 'members'>, say: Say): Route[] {
  const fileName = (audienceId: number, on: Day | undefined): string => `audience-${audienceId}-${on ?? platform.clock.now().toISOString().slice(0, 10)}`;
  return [
    rawRoute(exportMembers, async ({ params: { audienceId }, query: { on, reveal }, actor, reply }) => {
      const isFull = reveal === '1';
      if (isFull && !may(actor, 'customers.reveal')) throw forbidden('platform.not_permitted', { permission: 'customers.reveal' });
      const people = await members(audienceId, on ?? null);
      await recordAudit(platform.pg, { actor, action: 'audiences.export', subject: `audience:${audienceId}`, details: { on: on ?? null, isFull, rows: people.size } });
      const headings = exportedColumns.map((column) => say(actor.locale, 'customers', `people.column.${column}`));
      return sendCsv(reply, `${fileName(audienceId, on)}.csv`, headings, cellsOfCustomers(platform, vault, people, isFull));
    }),
    rawRoute(exportBitmap, async ({ params: { audienceId }, query: { on }, actor, reply }) => {
      const people = await members(audienceId, on ?? null);
      await recordAudit(platform.pg, { actor, action: 'audiences.export', subject: `audience:${audienceId}`, details: { on: on ?? null, isBitmap: true, rows: people.size } });
      return reply
        .header('content-type', 'application/octet-stream')
        .header('content-disposition', `attachment; filename="${fileName(audienceId, on)}.roaring"`)
        .header('cache-control', 'no-store')
        .send(Buffer.from(encodeBitmap(people)));
    }),
  ];
}
