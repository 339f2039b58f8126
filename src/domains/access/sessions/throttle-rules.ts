import { isIPv6 } from 'node:net';

const second = 1_000;
const longestBlockMs = 900 * second;
/** Attempts this long ago count no more. */
export const forgottenAfterMs = 3600 * second;

/** How many attempts in a row go without a wait: on an account from one address, on an account from anywhere, from an address. */
export const freeAttempts = { pair: 5, account: 50, peer: 100 };
export type AttemptKind = keyof typeof freeAttempts;

/** How long after this many attempts the next has to wait: nothing at first, then a second, doubling up to 15 minutes. Never for ever. */
export const blockMs = (attempts: number, free: number): number =>
  attempts <= free ? 0 : Math.min(longestBlockMs, second * 2 ** Math.min(attempts - free - 1, 20));

/** One household or office as one peer: an IPv4 address, or the /64 network of an IPv6 one. */
export function peerOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1];
  if (!isIPv6(address)) return address;
  const [head, tail = ''] = address.split('%')[0].toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const full = address.includes('::') ? [...groups, ...Array<string>(Math.max(0, missing)).fill('0')] : groups;
  return `${[...full, ...tail.split(':')].slice(0, 4).map((group) => Number.parseInt(group || '0', 16).toString(16)).join(':')}::/64`;
}
