import type pg from 'pg';
import type { Platform } from '../../../platform/platform.ts';
import { lineagesOf } from '../../customers/public.ts';
import type { Programme } from '../programme/programme.ts';
import { currentOf, ensureJoined, type Joined, type Joining } from './join.ts';
import { type Member, readMembers } from './read-members.ts';
import { type Standing, standingOf } from './rules/standing.ts';

export type { Member } from './read-members.ts';
export type { Joined, Joining } from './join.ts';

/** Who is a member. */
export interface Members {
  /** The rows of these numbers, of those who have one; whoever left still has theirs. */
  read(customerNos: readonly number[], client?: pg.Pool | pg.PoolClient): Promise<Map<number, Member>>;
  /** Of each of these numbers the standing of the person it is part of; those who are no members are left out. */
  standings(customerNos: readonly number[], client?: pg.PoolClient): Promise<Map<number, Standing>>;
  /** Makes members of those who are none yet and may be by the programme, in the caller's transaction; by the numbers given. */
  ensureJoined(client: pg.PoolClient, asked: readonly Joining[]): Promise<Map<number, Joined>>;
}

export function createMembers({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, programme: Programme): Members {
  return {
    read: (customerNos, client = pool) => readMembers(client, customerNos),
    async standings(customerNos, client) {
      const now = clock.now();
      const [versions, lineages] = [await programme.versions(client), await lineagesOf(client ?? pool, customerNos)];
      const rows = await readMembers(client ?? pool, [...new Set([...lineages.values()].flat())]);
      const tiers = versions.findLast(({ startsAt }) => startsAt <= now.getTime())?.definition.tiers.map(({ key }) => key) ?? [];
      return new Map([...lineages].flatMap(([customerNo, accounts]) => {
        const own = accounts.flatMap((no) => rows.get(no) ?? []);
        return currentOf(own) ? [[customerNo, standingOf(accounts, own, tiers)] as const] : [];
      }));
    },
    ensureJoined: async (client, asked) => ensureJoined(client, await programme.versions(client), asked, clock.now()),
  };
}
