import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { customerParams } from './identifiers.ts';

/** How much of each thing is held, by its name: `identifiers`, `order_line`. */
const counts = z.record(z.string(), z.number().int());

export const readHeldData = endpoint({
  method: 'GET',
  path: '/api/customers/:customerNo/held-data',
  summary: 'How much is held about a customer: what an export would hold and an erasure would delete',
  access: 'customers.erase',
  params: customerParams,
  reply: z.object({ counts, confirmBy: z.string(), computedAt: z.iso.datetime() }),
});

export const eraseCustomer = endpoint({
  method: 'POST',
  path: '/api/customers/:customerNo/erasure',
  summary: 'Erases a customer and everybody who became part of them; cannot be undone',
  access: 'customers.erase',
  params: customerParams,
  /** `confirm` is the customer's number, typed by hand. */
  body: z.object({ confirm: z.string().trim().max(20), reason: z.string().trim().min(1).max(200) }),
  reply: z.object({ customerNo: z.number().int(), erasedAt: z.iso.datetime(), numbers: z.array(z.number().int()), counts }),
});

export const exportCustomer = endpoint({
  method: 'GET',
  path: '/api/customers/:customerNo/export',
  summary: 'Everything held about one customer as JSON, personal values in full; written to the audit log',
  access: 'customers.export',
  params: customerParams,
  reply: z.string(),
  raw: true,
});
