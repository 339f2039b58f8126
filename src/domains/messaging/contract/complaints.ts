import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

const count = z.number().int();
const path = '/api/customers/:customerNo/complaints';
const params = z.object({ customerNo: z.coerce.number().int().min(1).max(2_147_483_647) });

/** That somebody complains, not about what: that is written where it is dealt with, under `reference`. */
const complaint = z.object({
  complaintNo: count,
  reference: z.string(),
  openedAt: z.iso.datetime(),
  openedBy: z.string(),
  settledAt: z.iso.datetime().nullable(),
  settledBy: z.string().nullable(),
});
export type Complaint = z.output<typeof complaint>;

export const listComplaints = endpoint({
  method: 'GET', path, summary: 'The last complaints of a customer, the newest first', access: 'messaging.read', params, reply: z.object({ complaints: z.array(complaint) }),
});
/** The same reference of the same person again is no second complaint. */
export const openComplaint = endpoint({
  method: 'POST', path, summary: 'Says that a customer complains: until it is settled no marketing goes to them, where the rules say so', access: 'messaging.complaints',
  params, body: z.object({ reference: z.string().trim().max(60).default('') }), reply: complaint, status: 201,
});
export const settleComplaint = endpoint({
  method: 'POST', path: '/api/complaints/:complaintNo/settlement', summary: 'Says that a complaint is settled; of one that is it stays as it was', access: 'messaging.complaints',
  params: z.object({ complaintNo: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }), reply: complaint,
});
