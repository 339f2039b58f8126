import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { forPersons } from '../person/evaluate-person.ts';
import { type KeptSets, mostPersons, readPersons } from '../person/read-persons.ts';
import type { ResolvedCondition } from '../resolve/resolved.ts';
import { sourcesOf } from './sources.ts';

/** A condition to be asked of some people, who are customers. */
export interface Question {
  condition: ResolvedCondition;
  people: Bitmap;
}

/** Readings of facts at the same time. */
const readingsAtOnce = 2;

/**
 * Of whom each condition is true. Conditions of the same facts share one reading of them; nothing is read of anybody
 * that no condition asks for. Null for a condition that cannot be asked.
 */
export async function askPeople(reader: ClickHouse, sets: KeptSets, questions: readonly Question[]): Promise<Map<Question, Bitmap | null>> {
  const answers = new Map<Question, Bitmap | null>();
  const waiting = Map.groupBy(questions, ({ condition }) => readingOf(condition)).values();
  await Promise.all(Array.from({ length: readingsAtOnce }, async () => {
    for (const together of waiting) {
      try {
        for (const [question, people] of await askTogether(reader, sets, together)) answers.set(question, people);
      } catch {
        // One that cannot be asked must not keep the others back.
        for (const question of together) answers.set(question, await askTogether(reader, sets, [question]).then((alone) => alone.get(question) ?? null, () => null));
      }
    }
  }));
  return answers;
}

/** The same for conditions that are answered from the same rows. */
function readingOf(condition: ResolvedCondition): string {
  const { lines, events, copies } = sourcesOf(condition);
  return JSON.stringify([condition.kind === 'field' ? condition.field.source : '', lines, [...events].sort(), copies]);
}

async function askTogether(reader: ClickHouse, sets: KeptSets, questions: readonly Question[]): Promise<Map<Question, Bitmap>> {
  const people = Bitmap.union(questions.map((each) => each.people));
  const rules = questions.map(({ condition }) => ({ path: '', condition }));
  const asked = questions.map((question, i) => ({ question, rule: forPersons(rules[i]), holding: [] as number[] }));
  for (let offset = 0; offset < people.size; offset += mostPersons) {
    for (const [customerNo, facts] of await readPersons(reader, sets, rules, [...people.slice(offset, mostPersons)], { areCustomers: true })) {
      for (const { question, rule, holding } of asked) if (question.people.has(customerNo) && rule.holds(facts)) holding.push(customerNo);
    }
  }
  return new Map(asked.map(({ question, holding }) => [question, Bitmap.of(holding)]));
}
