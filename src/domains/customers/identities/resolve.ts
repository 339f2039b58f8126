import type pg from 'pg';
import { queueCopies } from '../copies/queue.ts';
import { readFormerOwnIds } from '../identifiers/former-own-ids.ts';
import { absorbMany } from '../merges/absorb.ts';
import type { Vault } from '../vault/vault.ts';
import { prepareClaims, type IdentityClaim, type PreparedClaim } from './claim.ts';
import type { CustomerNumbers } from './numbers.ts';
import { planClaims, touchedBy, type Plan } from './plan.ts';
import { deleteUnidentified, insertCustomers, insertDuplicates, insertIdentifiers, lockCustomers, lowerCreatedAt, readKnowledge } from './store.ts';

/** Finds out who is meant. */
export interface Identities {
  /**
   * One customer number for each claim, in their order; 0 where an erased person is meant or
   * nothing identifies anybody. Makes the customers that are missing, gives them the identifiers
   * nobody has, and joins anonymous visitors to the people they turn out to be. Works in the
   * caller's transaction; two at once agree. Should two wait for each other, PostgreSQL ends one
   * with a deadlock error (40P01) and the caller tries again.
   */
  resolve(client: pg.PoolClient, claims: readonly IdentityClaim[]): Promise<number[]>;
}

/** Each round answers to what others committed meanwhile; they cannot be quicker forever. */
const maxRounds = 20;

export function createIdentities(vault: Vault, numbers: CustomerNumbers): Identities {
  /** Undefined until it is read; a brand's place of former ids never changes. */
  let formerOwnIds: string | null | undefined;
  return {
    async resolve(client, claims) {
      if (claims.length === 0) return [];
      if (formerOwnIds === undefined) formerOwnIds = await readFormerOwnIds(client);
      const { prepared, indexes } = prepareClaims(vault, claims, formerOwnIds);
      const customers = await resolvePrepared(client, vault, numbers, prepared);
      return Array.from(indexes, (index) => customers[index]);
    },
  };
}

async function resolvePrepared(client: pg.PoolClient, vault: Vault, numbers: CustomerNumbers, claims: PreparedClaim[]): Promise<number[]> {
  const locked = new Set<number>();
  const made: number[] = [];
  for (let round = 0; round < maxRounds; round++) {
    const plan = planClaims(claims, await readKnowledge(client, claims));
    const unlocked = touchedBy(plan).filter((no) => !locked.has(no));
    if (unlocked.length > 0) {
      // What was just read about them may be old by the time they are locked: read it again.
      await lockCustomers(client, unlocked);
      for (const no of unlocked) locked.add(no);
      continue;
    }
    const numbered = withNumbers(plan, await numbers.take(plan.created.length));
    await insertCustomers(client, numbered.plan.created, numbered.numbers);
    made.push(...numbered.numbers);
    const wereFree = await insertIdentifiers(client, vault, numbered.plan.attached);
    if (wereFree) {
      await finish(client, numbered.plan, made, round);
      return numbered.plan.customers;
    }
  }
  throw new Error('identities kept changing while they were resolved');
}

async function finish(client: pg.PoolClient, plan: Plan, made: number[], round: number): Promise<void> {
  await lowerCreatedAt(client, plan.earlier);
  await absorbMany(client, plan.merged.map((m) => ({ ...m, reason: 'device', actor: 'tracker' })));
  await insertDuplicates(client, plan.duplicates);
  if (round > 0 && made.length > 0) await deleteUnidentified(client, made);
  await queueCopies(client, [...made, ...plan.earlier.keys(), ...plan.attached.map(({ customerNo }) => customerNo)]);
}

/** The plan with real numbers in place of the provisional ones. */
function withNumbers(plan: Plan, numbers: number[]): { plan: Plan; numbers: number[] } {
  const real = new Map(plan.created.map((c, index) => [c.provisionalNo, numbers[index]]));
  const of = (no: number): number => real.get(no) ?? no;
  return {
    numbers,
    plan: {
      ...plan,
      customers: plan.customers.map(of),
      attached: plan.attached.map((a) => ({ ...a, customerNo: of(a.customerNo) })),
      merged: plan.merged.map((m) => ({ ...m, survivorNo: of(m.survivorNo) })),
      duplicates: plan.duplicates.map((d) => ({ ...d, aNo: of(d.aNo), bNo: of(d.bNo) })),
    },
  };
}
