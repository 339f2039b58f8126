import { isIP } from 'node:net';
import { Problem } from '../../../../kernel/problem.ts';
import type { Guard } from '../../../../platform/outbound/guard.ts';
import { picturePath } from '../../contract/pictures.ts';
import { type Finding, hint, wrong } from './finding.ts';
import type { Written } from './written.ts';

/** How long the check waits for names of hosts, and for how long an answer is kept. */
const waitMs = 1_500;
const keptMs = 300_000;

/** Looks at hosts as the guard of outgoing connections does; what was found is kept for a while. */
export type HostCheck = (host: string) => Promise<'open' | 'closed' | 'unknown'>;

export function createHostCheck(guard: Guard): HostCheck {
  const known = new Map<string, { at: number; found: ReturnType<HostCheck> }>();
  const look = async (host: string): Promise<'open' | 'closed' | 'unknown'> => {
    try {
      await guard.check(host, false);
      return 'open';
    } catch (error) {
      return error instanceof Problem && error.code === 'platform.outbound_closed' ? 'closed' : 'unknown';
    }
  };
  return (host) => {
    const kept = known.get(host);
    if (kept && performance.now() - kept.at < keptMs) return kept.found;
    if (known.size > 1_000) known.clear();
    const found = Promise.race([look(host), new Promise<'unknown'>((resolve) => void setTimeout(() => resolve('unknown'), waitMs).unref())]);
    known.set(host, { at: performance.now(), found });
    return found;
  };
}

const inWords = /\]\(([^()\s]{1,2000})\)|((?:https?:\/\/|www\.)[^\s<>"'，。；！？、）】》)]+)/gi;

/** Addresses of a text: all of it, or those that stand in words. */
const addressesIn = ({ kind, text }: Written): string[] => {
  if (kind === 'address' || kind === 'picture') return [text.trim()];
  return kind === 'words' || kind === 'variable' ? [...text.matchAll(inWords)].map(([, marked, bare]) => marked ?? bare) : [];
};

/** Links that lead nowhere: without a scheme, to hosts that nobody can reach or that are inside of a network. */
export async function checkLinks(texts: readonly Written[], hostCheck: HostCheck): Promise<Finding[]> {
  const found = texts.flatMap((one) => addressesIn(one).map((address) => ({ path: one.path, kind: one.kind, address })));
  return (await Promise.all(found.map(async ({ path, kind, address }): Promise<Finding[]> => {
    if (address === '' || address.startsWith('{') || (kind === 'picture' && address.startsWith(picturePath))) return [];
    const params = { address: address.slice(0, 100) };
    const [, scheme] = /^([a-z][a-z0-9+.-]*):/i.exec(address) ?? [];
    if (scheme === undefined) return [wrong(path, 'link_without_scheme', params)];
    if (/^(mailto|tel)$/i.test(scheme) && kind !== 'picture') return [];
    if (!/^https?$/i.test(scheme)) return [wrong(path, 'link_other_scheme', params)];
    const host = hostOf(address);
    if (host === null) return [wrong(path, 'link_broken', params)];
    // A host that a value decides is somebody's to know when they send.
    if (host.includes('{')) return [];
    const reach = host === 'localhost' || host.endsWith('.localhost') ? 'closed' : await hostCheck(host);
    if (reach === 'closed') return [wrong(path, 'link_closed', { host })];
    const plain = /^http:/i.test(address) ? [hint(path, 'link_not_encrypted', params)] : [];
    return reach === 'unknown' && isIP(host) === 0 ? [...plain, hint(path, 'link_unknown_host', { host })] : plain;
  }))).flat();
}

/** The host of an address that may hold Liquid; null where there is none. Hosts written as numbers are read as a browser reads them. */
function hostOf(address: string): string | null {
  const written = /^https?:\/\/([^/?#\s]*)/i.exec(address)?.[1] ?? '';
  if (written.includes('{')) return written;
  try {
    return new URL(`http://${written}`).hostname.replace(/^\[|\]$/g, '') || null;
  } catch {
    return null;
  }
}
