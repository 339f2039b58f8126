import type pg from 'pg';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import type { Programme } from '../../programme/programme.ts';
import { settleDrop } from '../rules/advance.ts';
import type { TierSetting } from '../rules/life.ts';
import { lockMembers } from './load.ts';
import { type Looked, lookAt } from './look.ts';
import { isPaused, readSetting } from './setting.ts';
import { writeLooked } from './write.ts';

/** Keeps everybody's tier as it should be. */
export interface TierKeeper {
  /** Looks at some of those for whom something is due; returns how many there were. None while the programme is paused. */
  settleDue(): Promise<number>;
  /** Looks at these people now, in the caller's transaction. Whoever is locked by another stays due. */
  look(client: pg.PoolClient, customerNos: readonly number[]): Promise<Looked[]>;
  /** Decides about drops that wait, in the caller's transaction; returns those that did wait. */
  decide(client: pg.PoolClient, customerNos: readonly number[], verdict: 'drop' | 'keep'): Promise<Looked[]>;
}

const atOnce = 2_000;

export function createTierKeeper({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, programme: Programme): TierKeeper {
  const setting = (): Promise<TierSetting> => readSetting({ pg: pool }, programme);
  async function lookIn(client: pg.PoolClient, customerNos: readonly number[], tiers: TierSetting, now: Date): Promise<Looked[]> {
    const members = await lockMembers(client, customerNos);
    const looked = members.flatMap((member) => lookAt(member, tiers, now.getTime()) ?? []);
    await writeLooked(client, looked, now);
    return looked;
  }
  return {
    async settleDue() {
      const [tiers, now] = [await setting(), clock.now()];
      if (tiers.versions.length === 0 || isPaused(tiers, now.getTime())) return 0;
      return inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ customerNo: number }>({
          name: 'tiers.due', text: 'select customer_no as "customerNo" from member where due_at <= $1 and left_at is null order by due_at limit $2 for update skip locked', values: [now, atOnce],
        });
        const looked = await lookIn(client, rows.map(({ customerNo }) => customerNo), tiers, now);
        // Whose programme has not begun yet is looked at when it does.
        const rest = restOf(rows.map(({ customerNo }) => customerNo), looked);
        if (rest.length > 0) await client.query('update member set due_at = $2 where customer_no = any($1::int[])', [rest, new Date(now.getTime() + retryMs)]);
        return rows.length;
      });
    },
    look: async (client, customerNos) => lookIn(client, customerNos, await setting(), clock.now()),
    async decide(client, customerNos, verdict) {
      const [tiers, now] = [await setting(), clock.now()];
      const members = await lockMembers(client, customerNos);
      const waiting = members.filter(({ rows }) => rows.some(({ life }) => life?.awaiting));
      const decided = waiting.flatMap((member) => lookAt(member, tiers, now.getTime(), (life, person, all, at) => (life ? settleDrop(life, person, all, verdict, at) : null)) ?? []);
      await writeLooked(client, decided, now);
      return decided;
    },
  };
}

const retryMs = 60_000;

function restOf(customerNos: readonly number[], looked: readonly Looked[]): number[] {
  const done = new Set(looked.flatMap(({ member: { accounts } }) => accounts));
  return customerNos.filter((no) => !done.has(no));
}
