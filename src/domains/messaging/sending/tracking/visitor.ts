import type { IncomingHttpHeaders } from 'node:http';

/** Programs that look mails through or show where a link leads, by words of the names they give. */
const machines = /bot\b|crawl|spider|preview|scanner|proofpoint|mimecast|barracuda|safelinks|symantec|trendmicro|curl\/|wget\/|python|java\/|httpclient|headless|facebookexternalhit|whatsapp|slack/i;

/** Headers by which a browser says that nobody asked to see this yet. */
const ahead = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

/** Whether a person's own program asked, as far as it tells. Who passes for a person and is none cannot be told. */
export function isPerson(method: string, headers: IncomingHttpHeaders): boolean {
  const agent = headers['user-agent'] ?? '';
  return method === 'GET' && agent !== '' && !machines.test(agent) && !ahead.some((name) => /prefetch|prerender|preview/i.test(String(headers[name] ?? '')));
}

/**
 * Whether a picture was fetched for somebody who may never look at the mail: Apple's mail privacy protection fetches all pictures of all
 * mails, and gives this name and no more. Proxies of Google and Yahoo fetch when the mail is opened.
 */
export const fetchesEverything = ({ 'user-agent': agent = '' }: IncomingHttpHeaders): boolean => agent === 'Mozilla/5.0';
