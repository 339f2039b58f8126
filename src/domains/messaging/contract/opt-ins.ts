import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { consentChannel } from '../../customers/contract.ts';

const moment = z.iso.datetime();
const count = z.number().int();

export const askOptIn = endpoint({
  method: 'POST', path: '/api/opt-ins', summary: 'Asks somebody to confirm that they want marketing (double opt-in): a link that goes to them in a message of service', access: 'customers.consent',
  body: z.object({
    customerNo: count.min(1).max(2_147_483_647), channel: consentChannel, source: z.string().trim().min(1).max(100),
    /** The wording they were shown where they asked for it. */
    textVersion: z.string().trim().min(1).max(60), days: count.min(1).max(90).default(14),
    /** The program sends the link itself, by mail or text message, as a message of service; else whoever asks does. */
    isSent: z.boolean().default(false),
    /** Theirs unless said: the language they asked in. */
    locale: z.enum(locales).optional(),
  }),
  /** `/m/d/…`: to be put behind this server's address. */
  reply: z.object({ requestNo: count, path: z.string(), expiresAt: moment, isSent: z.boolean() }), status: 201,
});

const token = z.string().min(1).max(60);
const request = z.object({ brand: z.string(), channel: consentChannel, confirmedAt: moment.nullable() });
export type ShownOptIn = z.output<typeof request>;
export const readOptIn = endpoint({ method: 'POST', path: '/api/opt-ins/visit', summary: 'What somebody is asked to confirm, by their link', access: 'public', body: z.object({ token }), reply: request });
export const confirmOptIn = endpoint({ method: 'POST', path: '/api/opt-ins/confirmation', summary: 'Confirms by the link that somebody wants marketing; from then on it counts', access: 'public', body: z.object({ token }), reply: request });
