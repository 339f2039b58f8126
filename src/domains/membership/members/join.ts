import type pg from 'pg';
import { activeRoots, lineagesOf, whoAgreesTo } from '../../customers/public.ts';
import type { Version } from '../programme/programme.ts';
import { type Member, readMembers } from './read-members.ts';
import { joiningAt, type JoinRefusal, type JoinWay, refusalOf } from './rules/joining.ts';

/** Somebody who would join. */
export interface Joining {
  customerNo: number;
  /** When what makes them a member happened. */
  at: number;
  way: JoinWay;
  /** Where they come by; null where that is not known. */
  channel: string | null;
  hasOrdered: boolean;
  /** Kept with the joining: by whom, by which order. */
  derivation?: Record<string, unknown>;
}

/** Their row, and whether they had none until now; or why they have none. */
export type Joined = { member: Member; isNew: boolean } | { refusal: JoinRefusal };

interface Admitted extends Joining {
  rootNo: number;
  version: Version;
  joinedAt: number;
  hasLeft: boolean;
}

/**
 * Makes members of those who are none yet and may be, in the caller's transaction and in a few statements for all; whoever is one already
 * stays as they are. Answers by the numbers that were given: of merged people any number means the person.
 */
export async function ensureJoined(client: pg.PoolClient, versions: readonly Version[], asked: readonly Joining[], now: Date): Promise<Map<number, Joined>> {
  const numbers = [...new Set(asked.map(({ customerNo }) => customerNo))];
  const lineages = await lineagesOf(client, numbers);
  const rows = await readMembers(client, [...new Set([...lineages.values()].flat())]);
  const rowsOf = (customerNo: number): Member[] => (lineages.get(customerNo) ?? []).flatMap((no) => rows.get(no) ?? []);
  const answers = new Map<number, Joined>();
  const others = asked.toSorted((a, b) => a.at - b.at).filter(({ customerNo }) => {
    const member = currentOf(rowsOf(customerNo));
    if (member) answers.set(customerNo, { member, isNew: false });
    return !member;
  });
  const { admitted, refused } = await admit(client, versions, others, lineages, (customerNo) => rowsOf(customerNo).length > 0, now);
  const written = await write(client, admitted, now);
  for (const { customerNo } of others) {
    answers.set(customerNo, written.get(lineages.get(customerNo)?.[0] ?? 0) ?? { refusal: refused.get(customerNo) ?? 'nobody' });
  }
  return answers;
}

/** The row that counts of a person: of several the one who joined first; undefined where they are no member, or have left. */
export const currentOf = (rows: readonly Member[]): Member | undefined =>
  rows.filter(({ leftAt }) => leftAt === null).toSorted((a, b) => a.joinedAt.getTime() - b.joinedAt.getTime() || a.customerNo - b.customerNo)[0];

async function admit(client: pg.PoolClient, versions: readonly Version[], asked: readonly Joining[], lineages: ReadonlyMap<number, readonly number[]>, hasLeft: (customerNo: number) => boolean, now: Date) {
  const refused = new Map<number, JoinRefusal>();
  const admitted = new Map<number, Admitted>();
  const rootOf = (customerNo: number): number => lineages.get(customerNo)?.[0] ?? 0;
  const roots = [...new Set(asked.map(({ customerNo }) => rootOf(customerNo)))];
  const active = new Set(await activeRoots(client, roots));
  const agrees = await agreeing(client, versions, [...active]);
  for (const joining of asked) {
    const rootNo = rootOf(joining.customerNo);
    const under = joiningAt(versions, joining.at, now.getTime());
    const isPerson = rootNo === 0 ? 'nobody' : active.has(rootNo) ? null : 'erased';
    const agreed = under === null ? undefined : agrees(under.version, rootNo);
    const refusal = isPerson ?? (under === null ? 'no_programme' : refusalOf(under.version.definition.joining, {
      ...joining, hasLeft: hasLeft(joining.customerNo), agrees: agreed !== undefined,
    }));
    if (refusal !== null) refused.set(joining.customerNo, refusal);
    else if (under && !admitted.has(rootNo)) {
      // Nobody is a member of a time at which they did not agree.
      const joinedAt = Math.max(under.at, agreed?.getTime() ?? under.at);
      admitted.set(rootNo, { ...joining, rootNo, version: joiningAt(versions, joinedAt, now.getTime())?.version ?? under.version, joinedAt, hasLeft: hasLeft(joining.customerNo) });
    }
  }
  return { admitted: [...admitted.values()], refused };
}

/** Who agrees to what each version asks for, and since when; read once for each thing that is asked for. */
async function agreeing(client: pg.PoolClient, versions: readonly Version[], roots: readonly number[]): Promise<(version: Version, rootNo: number) => Date | undefined> {
  const found = new Map<string, Map<number, Date>>();
  for (const { definition: { joining: { consent } } } of versions) {
    const about = JSON.stringify(consent);
    if (consent !== null && roots.length > 0 && !found.has(about)) found.set(about, await whoAgreesTo(client, roots, consent));
  }
  return ({ definition: { joining: { consent } } }, rootNo) => found.get(JSON.stringify(consent))?.get(rootNo);
}

/** Writes the rows and a line for each of them. Whoever was entered meanwhile by somebody else is left as they are. */
async function write(client: pg.PoolClient, admitted: readonly Admitted[], now: Date): Promise<Map<number, Joined>> {
  if (admitted.length === 0) return new Map();
  const { rows } = await client.query<{ customerNo: number }>({
    name: 'membership.join',
    text: `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
        select j.customer_no, j.at, j.way, j.tier, j.at, j.at, j.version_no from unnest($1::int[], $2::timestamptz[], $3::text[], $4::text[], $5::int[]) as j (customer_no, at, way, tier, version_no)
        on conflict (customer_no) do update set joined_at = excluded.joined_at, joined_by = excluded.joined_by, left_at = null, tier = excluded.tier, tier_since = excluded.tier_since,
          cycle_start = excluded.cycle_start, review_at = null, grace_until = null, due_at = null, version_no = excluded.version_no
          where member.left_at is not null
        returning customer_no as "customerNo"`,
    values: [
      admitted.map(({ rootNo }) => rootNo), admitted.map(({ joinedAt }) => new Date(joinedAt)), admitted.map(({ way, channel }) => (channel === null ? way : `${way}:${channel}`)),
      admitted.map(({ version }) => version.definition.tiers[0].key), admitted.map(({ version }) => version.versionNo),
    ],
  });
  const joined = new Set(rows.map(({ customerNo }) => customerNo));
  const lines = admitted.filter(({ rootNo }) => joined.has(rootNo));
  await client.query({
    name: 'membership.note-joining',
    text: `insert into tier_change (customer_no, kind, to_tier, cycle_start, occurred_at, recorded_at, version_no, derivation)
      select j.customer_no, 'join', j.tier, j.at, j.at, $6, j.version_no, j.derivation from unnest($1::int[], $2::text[], $3::timestamptz[], $4::int[], $5::jsonb[]) as j (customer_no, tier, at, version_no, derivation)`,
    values: [
      lines.map(({ rootNo }) => rootNo), lines.map(({ version }) => version.definition.tiers[0].key), lines.map(({ joinedAt }) => new Date(joinedAt)), lines.map(({ version }) => version.versionNo),
      lines.map(({ way, channel, hasLeft, derivation }) => JSON.stringify({ reason: 'joined', way, ...(channel === null ? {} : { channel }), ...(hasLeft ? { isReturn: true } : {}), ...derivation })), now,
    ],
  });
  const members = await readMembers(client, admitted.map(({ rootNo }) => rootNo));
  return new Map([...members].map(([rootNo, member]) => [rootNo, { member, isNew: joined.has(rootNo) }]));
}
