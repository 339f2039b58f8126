import { notFound } from '../../../../kernel/problem.ts';
import { route, type Route } from '../../../../platform/http/route.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import { listComplaints, openComplaint, settleComplaint } from '../../contract/complaints.ts';
import type { MessagingDoors } from '../../part.ts';
import { addComplaint, endComplaint, readComplaints } from './store.ts';

/** Who complains, and who does no more. */
export function complaintRoutes({ platform: { pg, clock }, customers }: Pick<MessagingDoors, 'platform' | 'customers'>): Route[] {
  const demandLineage = async (customerNo: number): Promise<number[]> => {
    const lineage = await customers.lineage(customerNo);
    if (lineage.length === 0) throw notFound('messaging.nobody', { customerNo });
    return lineage;
  };
  return [
    route(listComplaints, async ({ params: { customerNo } }) => ({ complaints: await readComplaints(pg, await demandLineage(customerNo)) })),
    route(openComplaint, async ({ params: { customerNo }, body: { reference }, actor }) => {
      const lineage = await demandLineage(customerNo);
      return inTransaction(pg, async (client) => {
        const { complaint, isNew } = await addComplaint(client, lineage, reference, actor.name, clock.now());
        if (isNew) await recordAudit(client, { actor, action: 'messaging.open_complaint', subject: `customer:${lineage[0]}`, details: { reference } });
        return complaint;
      });
    }),
    route(settleComplaint, ({ params: { complaintNo }, actor }) => inTransaction(pg, async (client) => {
      const settled = await endComplaint(client, complaintNo, actor.name, clock.now());
      if (settled === null) throw notFound('messaging.no_complaint', { complaintNo });
      const { complaint, customerNo, isNew } = settled;
      if (isNew) await recordAudit(client, { actor, action: 'messaging.settle_complaint', subject: `customer:${customerNo}`, details: { reference: complaint.reference } });
      return complaint;
    })),
  ];
}
