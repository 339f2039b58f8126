import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Problem } from '../../kernel/problem.ts';
import { createReach } from './addresses.ts';

/** Every address a name stands for. */
export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

export const systemResolve: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/** Keeps connections to names and addresses that people typed in away from where they must not go. */
export interface Guard {
  /** For `net.connect` and its like: the address that was checked is the one that is connected to. */
  lookup(isPlain: boolean): LookupFunction;
  /** A connection to an address needs no lookup, so that it is looked at beforehand; a name passes. */
  demandAddress(host: string, isPlain: boolean): void;
  /** Throws what a connection would be refused with. */
  check(host: string, isPlain: boolean): Promise<void>;
}

/** Lets through public addresses, without encryption only what the installation allows, and nothing else. */
export function createGuard(allowed: readonly string[], resolve: Resolve): Guard {
  const reach = createReach(allowed);
  const demand = (host: string, addresses: readonly string[], isPlain: boolean): void => {
    const found = addresses.map(reach);
    if (found.includes('closed')) throw new Problem('platform.outbound_closed', { params: { host } });
    if (isPlain && found.includes('public')) throw new Problem('platform.outbound_plain', { params: { host } });
  };
  const demandAddress = (host: string, isPlain: boolean): void => {
    if (isIP(host) !== 0) demand(host, [host], isPlain);
  };
  return {
    lookup: (isPlain) => (host, options, done) => {
      resolve(host).then((found) => {
        demand(host, found.map((each) => each.address), isPlain);
        if (options.all) done(null, found);
        else done(null, found[0].address, found[0].family);
      }).catch((error: Error) => done(error, ''));
    },
    demandAddress,
    async check(host, isPlain) {
      if (isIP(host) === 0) demand(host, (await resolve(host)).map((each) => each.address), isPlain);
      else demandAddress(host, isPlain);
    },
  };
}

const notFoundCodes: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA']);

/** What broke a connection, as a person is told. `lateMs` is how long was waited where that was the reason. */
export function asOutboundProblem(error: unknown, host: string, lateMs: number | null): Problem {
  if (error instanceof Problem) return error;
  if (lateMs !== null) return new Problem('platform.outbound_timeout', { params: { host, seconds: lateMs / 1_000 } });
  const { code = 'unknown' } = error as { code?: string };
  if (notFoundCodes.has(code)) return new Problem('platform.outbound_unknown_host', { params: { host } });
  return new Problem('platform.outbound_unreachable', { params: { host, reason: code } });
}
