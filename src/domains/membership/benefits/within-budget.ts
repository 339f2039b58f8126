import type pg from 'pg';
import { systemActor } from '../../../kernel/actor.ts';
import { formatDecimal, parseDecimal } from '../../../kernel/decimal.ts';
import { programKeyOf } from '../../../kernel/program.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import type { MembershipDoors } from '../part.ts';
import { type Benefit, costSoFar, readBenefit, setStopped } from './store/benefits.ts';

type BudgetDoors = Pick<MembershipDoors, 'platform' | 'budget'>;

const costOf = ({ definition: { cost } }: Benefit): bigint => parseDecimal(cost) ?? 0n;
/** Whether it is given now or will be, and costs something: only then is the budget asked. */
const costs = (benefit: Benefit, now: number): boolean => benefit.stoppedAt === null && (benefit.endsAt === null || now < benefit.endsAt) && costOf(benefit) > 0n;
/** What can still be given of it costs at most; null where it has no limit. */
const toCome = (benefit: Benefit): bigint | null => (benefit.leftInAll === null ? null : BigInt(benefit.leftInAll) * costOf(benefit));

/**
 * Asks the budget for a benefit that begins, goes on, or may now cost more than before: the most it can come to is put aside, or it is
 * refused. Where its number has no limit nobody can tell what it will come to: nothing is put aside, and it is enough that its lines have
 * something left. What it may cost less is given back at its end. Returns the lines that only warn and are over their caps.
 */
export async function askBudget({ platform: { clock }, budget }: BudgetDoors, client: pg.PoolClient, benefitId: number, before: Benefit | null, by: string): Promise<readonly string[]> {
  const now = clock.now().getTime();
  const benefit = await readBenefit(client, benefitId);
  if (!costs(benefit, now)) return [];
  const [then, next] = [before !== null && costs(before, now) ? toCome(before) : 0n, toCome(benefit)];
  if (then === null || (next !== null && next <= then)) return [];
  return budget.reserve(client, programKeyOf('benefit', benefitId), next === null ? null : formatDecimal((await costSoFar(client, benefitId, new Date(now))) + next), by);
}

/** Stops what is given and costs something, by nobody's hand, for the lines of the budget that are full; false where it is not given. */
export function stopFull({ platform: { pg, clock } }: Pick<BudgetDoors, 'platform'>, benefitId: number, lines: readonly string[]): Promise<boolean> {
  return inTransaction(pg, async (client) => {
    if (!costs(await readBenefit(client, benefitId, 'for update'), clock.now().getTime())) return false;
    await setStopped(client, benefitId, true, systemActor, clock.now(), lines);
    return true;
  });
}
