import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { insertCustomers, type TestCustomer } from '../../../../test/audience-people.ts';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { insertFacts, insertPeople, randomPerson, type RandomPerson } from '../../../../test/random-people.ts';
import { anchors, randomRule, zones } from '../../../../test/random-rules.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { readBrand, writeBrand } from '../../../platform/settings.ts';
import { createCommerce } from '../../commerce/public.ts';
import { rule as ruleSchema } from '../contract/rule.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { resolveRule } from '../resolve/resolve.ts';
import { createSetEvaluator, type StoredSets } from '../set/evaluator.ts';
import { writeReferences } from '../stored/keeping/references.ts';
import { insertAudience } from '../stored/keeping/store.ts';
import { createMemberships } from '../stored/membership/memberships.ts';
import { createRound } from './round.ts';
import { audiencesOf } from './sources.ts';

/** Another one each time; a failure says which, and `RULES_SEED` repeats it. */
const seed = Number(process.env.RULES_SEED ?? Date.now() % 2 ** 31);
const rules = Number(process.env.RULES_COUNT ?? 32);
const steps = Number(process.env.RULES_STEPS ?? 10);
const peopleCount = 120;
const numbers = Array.from({ length: peopleCount }, (_, i) => i + 1);
const fields = createFieldRegistry();
const every = (step: number): Bitmap => Bitmap.of(numbers.filter((no) => no % step === 0));
const minuteMs = 60_000;

/** What happens from one look at the audiences to the next. */
type Step =
  | { what: 'facts'; people: { no: number; did: RandomPerson }[] }
  | { what: 'copies'; people: { no: number; is: RandomPerson; isActive: boolean }[] }
  | { what: 'merge'; absorbed: number; survivor: number }
  | { what: 'undo' }
  | { what: 'tag'; step: number }
  | { what: 'time'; ms: number };
const no = fc.integer({ min: 1, max: peopleCount });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('facts' as const), people: fc.array(fc.record({ no, did: randomPerson }), { minLength: 1, maxLength: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('copies' as const), people: fc.uniqueArray(fc.record({ no, is: randomPerson, isActive: fc.boolean() }), { minLength: 1, maxLength: 5, selector: (each) => each.no }) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('merge' as const), absorbed: no, survivor: no }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('undo' as const) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('tag' as const), step: fc.integer({ min: 2, max: 9 }) }) },
  { weight: 5, arbitrary: fc.constantFrom(20_000, minuteMs, 30 * minuteMs, 60 * minuteMs, 150 * minuteMs, 1_440 * minuteMs, 10_080 * minuteMs, -90 * minuteMs).map((ms) => ({ what: 'time' as const, ms })) },
);

describe('live audiences of any rule', () => {
  let test: TestPlatform | undefined;
  afterAll(() => test?.close());

  it('have after every change, and as time goes by, the members that everybody asked at once would give them', async () => {
    console.log(`RULES_SEED=${seed}`);
    test = await createTestPlatform();
    const [anchor] = fc.sample(fc.constantFrom(...anchors), { seed, numRuns: 1 });
    const [timeZone] = fc.sample(fc.constantFrom(...zones), { seed, numRuns: 1 });
    let now = new Date(Date.parse(anchor) - 3_600_000);
    const platform = { ...test.platform, clock: { now: () => now } };
    const { pg, clickhouse } = platform;
    await writeBrand(pg, { ...(await readBrand(pg)), timeZone });
    const people = fc.sample(randomPerson, { seed, numRuns: peopleCount }).map((person, i) => ({ ...person, customerNo: i + 1, status: i % 11 === 10 ? 'erased' as const : 'active' as const }));
    await insertPeople(clickhouse, people);
    await pg.query('insert into customer (customer_no, created_at) select no, now() from generate_series(1, $1::int) as n (no)', [peopleCount]);
    const commerce = createCommerce(platform);
    await commerce.refreshSummaries('all');

    let tagged = 2;
    const memberships = createMemberships(platform);
    const sets: StoredSets = {
      members: async (audienceId, on) => (on === null ? memberships.members(audienceId, null) : every(audienceId + 2)),
      list: async () => every(3),
      tag: async (tagId) => (tagId === 3 ? every(tagged) : tagId === 4 ? Bitmap.empty : null),
    };
    let [versions, asked] = [0, 0];
    const plain = createSetEvaluator(platform, async () => ({ hasMerges: true, facts: String(++versions), customers: String(versions) }), sets);
    const evaluator = { ...plain, evaluate: (rule: Parameters<typeof plain.evaluate>[0]) => (asked++, plain.evaluate(rule)) };
    const round = createRound({ platform, fields, evaluator, memberships, sets });

    const storable = fc.sample(randomRule, { seed, numRuns: rules * 4 }).filter((json) => !JSON.stringify(json).includes('u0000'));
    const some = storable.map((json) => ruleSchema.parse(json)).sort((a, b) => audiencesOf(a).size - audiencesOf(b).size);
    const chosen = [...some.filter((rule) => audiencesOf(rule).size === 0).slice(0, rules - 8), ...some.filter((rule) => audiencesOf(rule).size > 0).slice(0, 8)];
    for (const [i, rule] of chosen.entries()) {
      await inTransaction(pg, async (client) => {
        const audienceId = await insertAudience(client, { name: `audience ${i}`, reason: '', kind: 'live', rule, owner: 'test' }, now);
        await writeReferences(client, audienceId, { audiences: [...audiencesOf(rule)].map((usedId) => ({ audienceId: usedId, on: undefined, path: '' })), lists: [] });
      });
    }
    const agree = async (after: unknown): Promise<void> => {
      const different: unknown[] = [];
      for (const [i, rule] of chosen.entries()) {
        const [is, should] = [await memberships.members(i + 1, null), await plain.evaluate(resolveRule(rule, fields, { now, timeZone, untilMs: null }))];
        if (!is.equals(should)) different.push({ rule: JSON.stringify(rule), missing: [...should.andNot(is)], tooMany: [...is.andNot(should)] });
      }
      expect({ after, different: different.slice(0, 3) }).toEqual({ after, different: [] });
    };

    let [batchNo, version] = [100, 3_000];
    const absorbed = new Map<number, number>();
    const copy = (copies: Partial<TestCustomer>[]): Promise<void> => insertCustomers(clickhouse, copies, ++version);
    const merge = async (absorbedNo: number, survivorNo: number): Promise<void> => {
      await copy([{ ...people[absorbedNo - 1].customer, customerNo: absorbedNo, status: absorbedNo === survivorNo ? 'active' : 'merged' }, { ...people[survivorNo - 1].customer, customerNo: survivorNo }]);
      await clickhouse.insertRows('merge_pair', [{ absorbed_no: absorbedNo, survivor_no: survivorNo, version }]);
    };
    const take = async (given: Step): Promise<void> => {
      switch (given.what) {
        case 'facts': {
          const facts = given.people.map(({ no: customerNo, did }) => ({ ...did, customerNo }));
          await insertFacts(clickhouse, facts, ++batchNo);
          await commerce.refreshSummaries(facts.filter((each) => each.lines.length > 0).map((each) => each.customerNo));
          await pg.query(`insert into fact_batch (batch_no, file, byte_offset, byte_length, checksum, row_counts, applied_at) values ($1, 'test', 0, 0, '', '{}', now())`, [batchNo]);
          return;
        }
        case 'copies': {
          const those = given.people.filter((each) => !absorbed.has(each.no));
          for (const { no: customerNo, is } of those) people[customerNo - 1].customer = is.customer;
          await copy(those.map(({ no: customerNo, is, isActive }) => ({ ...is.customer, customerNo, status: isActive ? 'active' : 'erased' })));
          return;
        }
        case 'merge': {
          if (given.absorbed === given.survivor || [...absorbed].flat().some((each) => each === given.absorbed || each === given.survivor)) return;
          absorbed.set(given.absorbed, given.survivor);
          await pg.query("insert into customer_merge (survivor_no, absorbed_no, reason, actor) values ($1, $2, 'staff', 'test')", [given.survivor, given.absorbed]);
          return merge(given.absorbed, given.survivor);
        }
        case 'undo': {
          const [first] = absorbed;
          if (!first) return;
          absorbed.delete(first[0]);
          await pg.query('update customer_merge set undone_at = now() where absorbed_no = $1', [first[0]]);
          await copy([{ ...people[first[1] - 1].customer, customerNo: first[1] }]);
          return merge(first[0], first[0]);
        }
        case 'tag': tagged = given.step; return;
        case 'time': now = new Date(now.getTime() + given.ms);
      }
    };

    /** What takes long is not done in one round. */
    const follow = async (): Promise<void> => {
      do await round(); while ((await pg.query('select from audience where is_due')).rows.length > 0);
    };
    await follow();
    await agree('the first round');
    for (const given of fc.sample(step, { seed, numRuns: steps })) {
      asked = 0;
      await take(given);
      await follow();
      // Fields alone, whose values the engine knows, are asked of everybody when time changes what is meant.
      if (given.what !== 'time') expect(asked).toBe(0);
      await agree(given);
    }
  }, 1_200_000);
});
