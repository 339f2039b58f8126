import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { consentChannel } from '../../customers/contract.ts';

const token = z.string().min(1).max(450);

/** What somebody wants to get, as they see it; nothing on it says who they are. */
export const preferencesPage = z.object({
  brand: z.string(),
  /** The way the message came that led here, for one switch-off; null where it needs none. */
  cameBy: consentChannel.nullable(),
  /** `isAsked`: a link to confirm is on its way to them, and has not been followed yet. */
  channels: z.array(z.object({ channel: consentChannel, granted: z.boolean().nullable(), isAsked: z.boolean() })),
  /** Whether what they did may choose what they are shown. */
  isPersonalised: z.boolean(),
});
export type PreferencesPage = z.output<typeof preferencesPage>;

/** The token is in the body, so that it is in no log of addresses. */
export const openPreferences = endpoint({ method: 'POST', path: '/api/preferences/visit', summary: 'What somebody wants to get, by a link of a message', access: 'public', body: z.object({ token }), reply: preferencesPage });
export const choosePreferences = endpoint({
  method: 'PUT', path: '/api/preferences', summary: 'Keeps what somebody chose by a link of a message; in force at once', access: 'public',
  body: z.object({
    token,
    choice: z.discriminatedUnion('about', [
      z.object({ about: z.literal('channel'), channel: consentChannel, granted: z.boolean() }),
      z.object({ about: z.literal('personalisation'), granted: z.boolean() }),
      z.object({ about: z.literal('everything') }),
    ]),
  }),
  reply: preferencesPage,
});
/** RFC 8058: the program of the reader sends it. Whatever its body says, to be asked is enough. */
export const unsubscribeByOneClick = endpoint({
  method: 'POST', path: '/m/u/:token', summary: 'Ends marketing by the way a message came, with one click (RFC 8058)', access: 'public', params: z.object({ token }), takesForm: true, reply: z.unknown(), raw: true,
});
