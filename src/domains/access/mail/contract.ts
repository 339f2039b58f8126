import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { mailServerSchema } from '../../../platform/mail/contract.ts';

const shown = mailServerSchema.extend({ hasPassword: z.boolean() });
export type ShownMailServer = z.output<typeof shown>;

export const readMailSettings = endpoint({
  method: 'GET',
  path: '/api/settings/mail',
  summary: 'The mail server that mail leaves by, without its password',
  access: 'access.mail',
  reply: z.object({ server: shown.nullable() }),
});

export const writeMailSettings = endpoint({
  method: 'PUT',
  path: '/api/settings/mail',
  summary: 'Set the mail server; without a password the present one stays, as long as it goes to the same place',
  access: 'access.mail',
  body: mailServerSchema.extend({ password: z.string().max(500).optional() }),
  reply: z.object({ server: shown }),
});

export const testMailSettings = endpoint({
  method: 'POST',
  path: '/api/settings/mail/test',
  summary: 'Send a message to my own address, and say how that went',
  access: 'access.mail',
  reply: z.object({ to: z.string(), taken: z.boolean(), trouble: z.string().nullable(), tookMs: z.number().int() }),
});
