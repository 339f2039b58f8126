import { currentLocale } from '../i18n/language.ts';

/** Why something could not be done, in the words of the server; empty where it was not reached. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** Asks the page's own addresses. They know a member by a cookie that nothing else of the server takes. */
export async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': currentLocale(), ...(body ? { 'content-type': 'application/json' } : {}) };
  const reply = await fetch(`/api/member${path}`, { method, headers, credentials: 'same-origin', referrerPolicy: 'no-referrer', ...(body ? { body: JSON.stringify(body) } : {}) }).catch(() => {
    throw new Refused(0, '');
  });
  const said = (await reply.json().catch(() => ({}))) as T & { detail?: string };
  if (!reply.ok) throw new Refused(reply.status, said.detail ?? '');
  return said;
}
