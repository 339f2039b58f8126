import { type BenefitDefinition, createBenefit } from '../src/domains/membership/contract.ts';
import { inTransaction } from '../src/platform/postgres/pool.ts';
import { createMembershipServer, type MembershipServer } from './membership-server.ts';
import { publishSample, sampleProgramme } from './sample-programme.ts';

export const benefitPermissions = 'membership.read membership.join membership.benefits membership.adjust membership.checkout';

/** Members of a plain programme, benefits, and what happens to tiers, written as those who decide it write it. */
export interface BenefitsShop extends MembershipServer {
  people: number[];
  /** A benefit from the first of June 2026 on, with whatever is said of it. */
  benefit(
    promise: BenefitDefinition['promise'],
    changes?: Partial<BenefitDefinition>,
  ): Promise<number>;
  /** A change of somebody's tier at a moment; the member has the tier from then on. */
  move(customerNo: number, kind: 'join' | 'rise' | 'drop', from: string | null, to: string, at: string, more?: { cycleStart?: string; reason?: string }): Promise<void>;
  /** Gives what is due, until all that happened has been followed: transactions of whoever else works in the same server hold that up. */
  followed(): Promise<void>;
  /** What was given to somebody of a benefit: tier, state, and why it was refused. */
  given(customerNo: number, benefitId: number): Promise<[
    tier: string,
    state: string,
    refusal: string | null,
  ][]>;
}

/** With a programme, people, and the first of them members of these tiers. */
export async function createBenefitsShop({ joined = [], ...changes }: Parameters<typeof sampleProgramme>[0] & { joined?: readonly string[] } = {}): Promise<BenefitsShop> {
  const shop = await createMembershipServer(benefitPermissions);
  const { pg } = shop.platform;
  const versionNo = await publishSample(pg, sampleProgramme(changes), '2026-01-01T00:00:00Z');
  const people = await inTransaction(pg, (client) => shop.customers.identities.resolve(client, Array.from({ length: 12 }, (_, n) => (
    { identifiers: [{ kind: 'external_id' as const, namespace: '', value: `B${n}` }], at: new Date('2026-01-01'), channel: '官网' }))));
  await shop.customers.copier.drain();
  const benefits: BenefitsShop = {
    ...shop,
    people,
    async benefit(promise, given = {}) {
      const { body, status, text } = await shop.ask(createBenefit, {
        body: {
          names: { en: promise.kind }, notes: '', tiers: ['silver', 'gold', 'black'], promise, cost: '5', validDays: null, limits: {
            perMember: null,
            inAll: null,
          },
          startsAt: '2026-06-01T00:00:00Z', endsAt: null, ...given,
        },
      });
      if (status !== 201) throw new Error(text);
      return body.benefitId;
    },
    async move(customerNo, kind, from, to, at, { cycleStart = at, reason = 'growth' } = {}) {
      await pg.query(
        `insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no) values ($1, $2, 'staff', $3, $2, $4, $5)
          on conflict (customer_no) do update set tier = excluded.tier, tier_since = excluded.tier_since, cycle_start = excluded.cycle_start`, [customerNo, at, to, cycleStart, versionNo]);
      await pg.query(
        `insert into tier_change (customer_no, kind, from_tier, to_tier, cycle_start, occurred_at, recorded_at, version_no, derivation) values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
        [customerNo, kind, from, to, cycleStart, at, versionNo, JSON.stringify({ reason })]);
    },
    async followed() {
      for (let tries = 0; tries < 400; tries++) {
        await shop.membership.benefits.work();
        const { rows } = await pg.query(`select 1 from tier_change, membership_cursor where name = 'benefits'
          and transaction_id > (position ->> 'transaction')::xid8 limit 1`);
        if (rows.length === 0) return;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error('changes of tiers are not followed');
    },
    async given(customerNo, benefitId) {
      const { rows } = await pg.query<{ tier: string; state: string; refusal: string | null; taken: boolean }>(
        `select tier, state, derivation ->> 'refusal' as refusal, taken_back_at is not null as taken from benefit_grant where customer_no = $1 and benefit_id = $2 order by grant_no`, [customerNo, benefitId]);
      return rows.map(({ tier, state, refusal, taken }) => [tier, taken ? 'taken_back' : state, refusal]);
    },
  };
  for (const [i, tier] of joined.entries()) await benefits.move(people[i], 'join', null, tier, '2026-06-01T00:00:00Z');
  return benefits;
}
