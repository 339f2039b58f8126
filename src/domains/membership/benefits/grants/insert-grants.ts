import type pg from 'pg';
import { giftsOf, pointsOf } from '../rules/each.ts';
import type { Benefit } from '../store/benefits.ts';

/** How somebody came to be given something, as it is kept. */
export interface GrantDerivation {
  occasion: 'joining' | 'upgrade' | 'birthday' | 'hand' | 'claim';
  /** The change of tier that brought it. */
  changeNo?: number;
  by?: string;
  reason?: string;
  /** Why it was refused: they had it already in this cycle, joined before, or none was left. */
  refusal?: 'already_given' | 'joined_before' | 'none_left';
  /** Why it was taken back. */
  takenBack?: { reason: string; by?: string };
}

/** Something to be given, or to be noted as refused. */
export interface WantedGrant {
  key: string;
  inputHash?: Buffer;
  benefit: Benefit;
  customerNo: number;
  tier: string | null;
  cycleStart: number | null;
  occurredAt: number;
  derivation: GrantDerivation;
}

const dayMs = 86_400_000;

/** Until when something given at a moment can be used. */
export const expiryOf = ({ definition: { validDays } }: Benefit, at: number): number | null => (validDays === null ? null : at + validDays * dayMs);

/**
 * Writes what is to be given, each under its key and never twice; of what is limited no more than there is, the rest as refused. Givers follow
 * afterwards. Returns the keys that were new.
 */
export async function insertGrants(client: pg.PoolClient, wanted: readonly WantedGrant[], now: Date): Promise<Set<string>> {
  if (wanted.length === 0) return new Set();
  const allotted = await allot(client, wanted);
  const column = <V>(of: (grant: WantedGrant) => V): V[] => allotted.map(of);
  const { rows } = await client.query<{ key: string; benefitId: number; state: string }>(
    `insert into benefit_grant (key, input_hash, benefit_id, benefit_version, customer_no, tier, cycle_start, gifts, points, cost, derivation, occurred_at, recorded_at, expires_at, state)
      select g.key, g.hash, g.benefit_id, g.version, g.customer_no, g.tier, g.cycle_start, g.gifts, g.points, g.cost, g.derivation, g.occurred_at, $13, g.expires_at, g.state
      from unnest($1::text[], $2::bytea[], $3::int[], $4::int[], $5::int[], $6::text[], $7::timestamptz[], $8::jsonb[], $9::numeric[], $10::jsonb[], $11::timestamptz[], $12::timestamptz[], $14::text[], $15::bigint[])
        as g (key, hash, benefit_id, version, customer_no, tier, cycle_start, gifts, cost, derivation, occurred_at, expires_at, state, points)
      on conflict (key) do nothing returning key, benefit_id as "benefitId", state`,
    [
      column(({ key }) => key), column(({ inputHash }) => inputHash ?? null), column(({ benefit }) => benefit.benefitId), column(({ benefit }) => benefit.version), column(({ customerNo }) => customerNo),
      column(({ tier }) => tier), column(({ cycleStart }) => (cycleStart === null ? null : new Date(cycleStart))),
      column(({ benefit: { definition: { promise } } }) => JSON.stringify(giftsOf(promise))), column(({ benefit }) => benefit.definition.cost),
      column(({ derivation }) => JSON.stringify(derivation)), column(({ occurredAt }) => new Date(occurredAt)),
      column(({ benefit, occurredAt }) => { const at = expiryOf(benefit, Math.max(occurredAt, now.getTime())); return at === null ? null : new Date(at); }), now,
      column(({ derivation }) => (derivation.refusal === undefined ? 'waiting' : 'refused')), column(({ benefit: { definition: { promise } } }) => pointsOf(promise)),
    ]);
  const taken = Map.groupBy(rows.filter(({ state }) => state === 'waiting'), ({ benefitId }) => benefitId);
  await client.query(
    'update benefit b set left_in_all = left_in_all - t.times from unnest($1::int[], $2::int[]) as t (benefit_id, times) where b.benefit_id = t.benefit_id and left_in_all is not null',
    [[...taken.keys()], [...taken.values()].map(({ length }) => length)]);
  return new Set(rows.map(({ key }) => key));
}

/** Of benefits of which there is a limited number, as many as are left, in the order given; their rows are locked in ascending order. */
async function allot(client: pg.PoolClient, wanted: readonly WantedGrant[]): Promise<WantedGrant[]> {
  const limited = [...new Set(wanted.filter(({ benefit, derivation }) => benefit.leftInAll !== null && derivation.refusal === undefined).map(({ benefit }) => benefit.benefitId))];
  if (limited.length === 0) return [...wanted];
  const { rows } = await client.query<{ benefitId: number; left: number }>(
    'select benefit_id as "benefitId", left_in_all as left from benefit where benefit_id = any($1::int[]) and left_in_all is not null order by benefit_id for update', [limited]);
  const known = new Set((await client.query<{ key: string }>('select key from benefit_grant where key = any($1::text[])', [wanted.map(({ key }) => key)])).rows.map(({ key }) => key));
  const left = new Map(rows.map((row) => [row.benefitId, row.left]));
  return wanted.map((grant) => {
    const rest = left.get(grant.benefit.benefitId);
    if (rest === undefined || grant.derivation.refusal !== undefined || known.has(grant.key)) return grant;
    if (rest === 0) return { ...grant, derivation: { ...grant.derivation, refusal: 'none_left' } };
    left.set(grant.benefit.benefitId, rest - 1);
    return grant;
  });
}
