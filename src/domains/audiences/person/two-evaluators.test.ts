import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { mergeCustomers } from '../../../../test/order-lines.ts';
import { insertPeople, randomPerson } from '../../../../test/random-people.ts';
import { randomPresent, randomRule } from '../../../../test/random-rules.ts';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { createCommerce } from '../../commerce/public.ts';
import { rule as ruleSchema } from '../contract.ts';
import { createFieldRegistry } from '../fields/registry.ts';
import { resolveRule } from '../resolve/resolve.ts';
import { createSetEvaluator, type StoredSets } from '../set/evaluator.ts';
import { forPersons } from './evaluate-person.ts';
import { readPersons } from './read-persons.ts';

/** Another one each time; a failure says which, and `RULES_SEED` repeats it. */
const seed = Number(process.env.RULES_SEED ?? Date.now() % 2 ** 31);
const rules = Number(process.env.RULES_COUNT ?? 200);
const peopleCount = 240;
const numbers = Array.from({ length: peopleCount }, (_, i) => i + 1);
const fields = createFieldRegistry();

/** Members are whose number leaves a rest: of everybody, of nobody, of people who are no customers any more. */
const every = (step: number): Bitmap => Bitmap.of(numbers.filter((no) => no % step === 0));
const sets: StoredSets = {
  members: async (audienceId, on) => every(audienceId + (on ? 2 : 1)),
  list: async (listId) => (listId === 1 ? Bitmap.empty : every(3)),
  tag: async (tagId) => (tagId === 3 ? every(2) : tagId === 4 ? Bitmap.empty : null),
};

describe.each([{ merges: true }, { merges: false }])('the evaluator of everybody and that of one person, with merges: $merges', ({ merges }) => {
  let test: TestPlatform | undefined;
  afterAll(() => test?.close());

  it('agree on every rule and every person', async () => {
    console.log(`RULES_SEED=${seed}`);
    test = await createTestPlatform();
    const { platform } = test;
    const people = fc.sample(randomPerson, { seed, numRuns: peopleCount }).map((person, i) => {
      const status = merges && i % 5 === 4 ? 'merged' as const : i % 11 === 10 ? 'erased' as const : 'active' as const;
      return { ...person, customerNo: i + 1, status };
    });
    await insertPeople(platform.clickhouse, people);
    // A part of the merged became part of one who became part of another, and some were taken apart again.
    const merged = people.filter(({ status }) => status === 'merged').map(({ customerNo }) => customerNo);
    if (merges) await mergeCustomers(platform.clickhouse, [...merged.map((absorbed, i) => ({ absorbed, survivor: i % 3 === 0 ? 1 : absorbed - 1 })), { absorbed: 7, survivor: 7 }]);
    await createCommerce(platform).refreshSummaries('all');
    const evaluator = createSetEvaluator(platform, async () => ({ hasMerges: merges, facts: '1', customers: '1' }), sets);
    let cases = 0;
    await fc.assert(fc.asyncProperty(randomRule, randomPresent, async (json, present) => {
      const rule = resolveRule(ruleSchema.parse(json), fields, present);
      const { whole, parts } = await evaluator.evaluateParts(rule);
      const persons = await readPersons(platform.reader, sets, [rule], numbers);
      const one = forPersons(rule);
      // Parts of what held for days are told of the present alone, or of all the days.
      const asked = JSON.stringify(json).includes('"held"') ? [] : [...parts];
      const different = numbers.flatMap((no) => {
        const facts = persons.get(no);
        if (!facts) return whole.has(no) || asked.some(([, part]) => part.has(no)) ? [{ no, everybody: true }] : [];
        const explained = one.explain(facts);
        const wrong = asked.filter(([path, part]) => part.has(no) !== explained.parts.get(path)?.holds).map(([path]) => [path, explained.parts.get(path)]);
        const agrees = whole.has(no) === explained.holds && whole.has(no) === one.holds(facts) && wrong.length === 0;
        return agrees ? [] : [{ no, everybody: whole.has(no), one: explained.holds, wrong }];
      });
      expect(different.slice(0, 5)).toEqual([]);
      cases += persons.size;
    }), { seed, numRuns: rules });
    expect(cases).toBeGreaterThan(rules * 150);
  }, 600_000);
});
