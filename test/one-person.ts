import { rule as ruleSchema } from '../src/domains/audiences/contract.ts';
import { createFieldRegistry, type FieldRegistry } from '../src/domains/audiences/fields/registry.ts';
import { evaluatePerson, type Explained } from '../src/domains/audiences/person/evaluate-person.ts';
import { type EventFact, type LineFact, nobodysFacts, type PersonFacts } from '../src/domains/audiences/person/person-facts.ts';
import type { Present } from '../src/domains/audiences/resolve/moments.ts';
import { resolveRule } from '../src/domains/audiences/resolve/resolve.ts';
import { parseDecimal } from '../src/kernel/decimal.ts';

/** Noon of a Thursday in Shanghai. */
export const noon: Present = { now: new Date('2026-06-18T04:00:00Z'), timeZone: 'Asia/Shanghai', untilMs: null };

const exact = (value: number): bigint => parseDecimal(String(value)) ?? 0n;

interface SaidLine extends Partial<Omit<LineFact, 'atMs' | 'quantity' | 'unitPrice' | 'amount'>> {
  at: string;
  order?: string;
  quantity?: number;
  unitPrice?: number;
  amount?: number;
}
interface SaidEvent extends Record<string, string | undefined> {
  at: string;
  name: string;
}
interface SaidPerson extends Partial<Omit<PersonFacts, 'lines' | 'events' | 'fields'>> {
  fields?: Record<string, string | bigint | number>;
  lines?: SaidLine[];
  events?: SaidEvent[];
}

/** A line as a person would write it down; amounts of refunds are told positive and kept negative. */
function lineOf({ at, order = 'A', quantity = 1, unitPrice = 10, amount = 10, ...rest }: SaidLine): LineFact {
  const sign = rest.kind === 'refund' ? -1n : 1n;
  return {
    atMs: Date.parse(at), kind: 'sale', orderKey: order, product: 'P1', category: '茶', brand: '常青', channel: '天猫', region: '浙江', ...rest,
    unitPrice: exact(unitPrice), quantity: sign * exact(quantity), amount: sign * exact(amount),
  };
}

function eventOf({ at, name: _, ...properties }: SaidEvent): EventFact {
  return { atMs: Date.parse(at), properties: new Map(Object.entries(properties).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]))) };
}

export function personOf({ fields = {}, lines = [], events = [], ...rest }: SaidPerson): PersonFacts {
  const byTime = <T extends { at: string }>(facts: T[]): T[] => facts.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return {
    ...nobodysFacts(1), ...rest,
    fields: new Map(Object.entries(fields)),
    lines: byTime(lines).map(lineOf),
    events: new Map([...Map.groupBy(byTime(events), (event) => event.name)].map(([name, of]) => [name, of.map(eventOf)])),
  };
}

/** What a rule says of a person, from the JSON of the rule. */
export const explained = (rule: unknown, person: PersonFacts, present = noon, fields: FieldRegistry = createFieldRegistry()): Explained =>
  evaluatePerson(resolveRule(ruleSchema.parse(rule), fields, present), person);

/** Whether a rule is true of a person said so. */
export const meets = (rule: unknown, person: SaidPerson, present = noon): boolean => explained(rule, personOf(person), present).holds;
