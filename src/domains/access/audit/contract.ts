import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { pageOf, pageQuery, sortOf } from '../../../kernel/page.ts';

const action = z.string().max(100).regex(/^[a-z_]+\.[a-z_]+$/);
const oneOrMany = z.union([action.transform((one) => [one]), z.array(action).max(50)]);

/** `q` is part of the subject or of the actor's name; `from` is included, `to` is not. */
const filters = {
  q: z.string().trim().max(200).optional(),
  action: oneOrMany.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
};

export const auditRow = z.object({
  seq: z.number().int(),
  at: z.iso.datetime(),
  actorKind: z.enum(['staff', 'token', 'system']),
  actorId: z.number().int(),
  actorName: z.string(),
  action: z.string(),
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
});

export const listAudit = endpoint({
  method: 'GET',
  path: '/api/audit',
  summary: 'The audit log, the newest first',
  access: 'access.audit',
  query: pageQuery.extend({ ...filters, sort: sortOf('seq') }),
  reply: pageOf(auditRow),
});

export const listAuditActions = endpoint({
  method: 'GET',
  path: '/api/audit/actions',
  summary: 'Every action that stands in the audit log',
  access: 'access.audit',
  reply: z.object({ actions: z.array(z.string()) }),
});

export const exportAudit = endpoint({
  method: 'GET',
  path: '/api/audit/export',
  summary: 'The audit log as a CSV file',
  access: 'access.audit',
  query: z.object(filters),
  reply: z.void(),
  raw: true,
});

export const verifyAuditChain = endpoint({
  method: 'POST',
  path: '/api/audit/verify',
  summary: 'Compute the chain of the audit log again and name the first row that does not fit',
  access: 'access.audit',
  reply: z.object({
    rows: z.number().int(),
    firstBadSeq: z.number().int().nullable(),
    /** The newest row's hash: noted elsewhere, it proves later that nothing before was changed. */
    head: z.string(),
    computedAt: z.iso.datetime(),
  }),
});
