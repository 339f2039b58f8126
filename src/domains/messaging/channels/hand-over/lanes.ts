import type pg from 'pg';
import { dayIn } from '../../../../kernel/day.ts';
import { createOutbound } from '../../../../platform/outbound/outbound.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readBrand } from '../../../../platform/settings.ts';
import { cardOf, type ProviderKey } from '../../contract/providers/providers.ts';
import type { ChannelKind } from '../../contract/vocabulary.ts';
import { type OpenAccount, readOpenAccounts } from '../accounts/store.ts';
import type { Adapter } from '../adapters/adapter.ts';
import { providerOf } from '../adapters/registry.ts';
import { markOf } from '../receipts/heard.ts';
import { readHealth } from './health.ts';
import { createPlaces, type Lane } from './lane.ts';
import { createPace } from './pace.ts';

/** What is set of accounts is read again after this time: one that is switched off gets no further message then. */
const freshMs = 1_000;
const timeoutMs = 20_000;

/** An account that was set before a provider had a field has it empty. */
const emptyFields = (provider: ProviderKey): Record<string, string> => Object.fromEntries(cardOf(provider).fields.map(({ name, usual = '' }) => [name, usual]));

export interface Lanes {
  /**
   * Accounts of a channel that are in use, in their order. Whoever holds a connection gives it: to wait for another, or for somebody who
   * waits for one, would keep it from those it waits for.
   */
  of(channel: ChannelKind, held?: pg.ClientBase): Promise<Lane[]>;
  /** An account by itself, opened for one thing and closed after it. */
  openOnce<T>(account: OpenAccount, use: (adapter: Adapter) => Promise<T>): Promise<T>;
  close(): void;
}

/** The accounts of this process: opened once for each version of their settings, so that connections are kept. */
export function createLanes(platform: Platform): Lanes {
  const { pg: pool, secret, config, clock } = platform;
  const outbound = createOutbound({ allowed: config.outboundAllow, timeoutMs, connections: 64 });
  const kept = new Map<number, Lane>();
  const read = new Map<ChannelKind, { atMs: number; lanes: Promise<Lane[]>; known?: Lane[] }>();
  const openAdapter = ({ provider, settings, secrets }: OpenAccount): Adapter =>
    providerOf(provider).open({ outbound, outboundAllow: config.outboundAllow, clock, timeoutMs, values: { ...emptyFields(provider), ...settings, ...secrets }, mark: (text) => markOf(secret, 'bounce', text) });
  const laneOf = async (account: OpenAccount, timeZone: string): Promise<Lane> => {
    const known = kept.get(account.accountNo);
    if (known && known.account.version === account.version) return known;
    known?.adapter.close();
    const { together } = providerOf(account.provider);
    const atOnce = together ?? account.atOnce;
    // One half is being noted while the other waits for its turn, of nobody longer than a second; what goes together is noted together.
    const ahead = together ?? Math.min(2 * atOnce, account.perSecond);
    const health = { failures: 0, breaks: 0, brokenUntil: null, restingUntil: null };
    const lane: Lane = {
      account, health, adapter: openAdapter(account), addressSpace: providerOf(account.provider).addressSpace?.(account.settings, account.accountNo) ?? null, fullUntil: null, atOnce, ahead: createPlaces(ahead), places: createPlaces(atOnce),
      pace: createPace(pool, { accountNo: account.accountNo, perSecond: account.perSecond, perDay: account.perDay, day: () => dayIn(timeZone, clock.now()) }),
    };
    kept.set(account.accountNo, lane);
    return lane;
  };
  const readAll = async (channel: ChannelKind, connection: pg.Pool | pg.PoolClient): Promise<Lane[]> => {
    const accounts = await readOpenAccounts(connection, secret, channel);
    const { timeZone } = await readBrand(connection);
    const lanes = await Promise.all(accounts.map((account) => laneOf(account, timeZone)));
    const health = await readHealth(connection, accounts.map(({ accountNo }) => accountNo));
    for (const lane of lanes) lane.health = health.get(lane.account.accountNo) ?? lane.health;
    return lanes;
  };
  return {
    async of(channel, held) {
      const kept = read.get(channel);
      const isFresh = kept !== undefined && performance.now() - kept.atMs < freshMs;
      if (held) return isFresh && kept.known ? kept.known : readAll(channel, held as pg.PoolClient);
      if (isFresh) return kept.lanes;
      const lanes = readAll(channel, pool);
      const now: typeof kept = { atMs: performance.now(), lanes };
      read.set(channel, now);
      lanes.then((known) => void (now.known = known), () => read.delete(channel));
      return lanes;
    },
    async openOnce(account, use) {
      const adapter = openAdapter(account);
      try {
        return await use(adapter);
      } finally {
        adapter.close();
      }
    },
    close() {
      for (const { adapter } of kept.values()) adapter.close();
      kept.clear();
      read.clear();
      outbound.close();
    },
  };
}
