import type { PreferencesPage, ShownOptIn } from '../../domains/messaging/contract.ts';
import { currentLocale } from '../i18n/language.ts';
import { Refused } from '../member-page/ask.ts';

/** What can be chosen, as the address takes it. */
export type Choice = { about: 'channel'; channel: string; granted: boolean } | { about: 'personalisation'; granted: boolean } | { about: 'everything' };

/** `/m/p/<token>`, `/m/u/<token>` by the link at the foot of a message, or `/m/d/<token>` to confirm. */
const [, , way = '', token = ''] = location.pathname.split('/');
export const isLeaving = way === 'u';
export const isConfirming = way === 'd';

async function ask<T>(method: 'POST' | 'PUT', path: string, body: object): Promise<T> {
  const headers = { accept: 'application/json', 'accept-language': currentLocale(), 'content-type': 'application/json' };
  const reply = await fetch(path, { method, headers, credentials: 'omit', referrerPolicy: 'no-referrer', body: JSON.stringify({ token, ...body }) }).catch(() => {
    throw new Refused(0, '');
  });
  const said = (await reply.json().catch(() => ({}))) as T & { detail?: string };
  if (!reply.ok) throw new Refused(reply.status, said.detail ?? '');
  return said;
}

export const openPage = (): Promise<PreferencesPage> => ask('POST', '/api/preferences/visit', {});
export const choose = (choice: Choice): Promise<PreferencesPage> => ask('PUT', '/api/preferences', { choice });
export const openOptIn = (): Promise<ShownOptIn> => ask('POST', '/api/opt-ins/visit', {});
export const confirmOptIn = (): Promise<ShownOptIn> => ask('POST', '/api/opt-ins/confirmation', {});
