import { dayIn } from '../../../kernel/day.ts';
import { formatDecimal } from '../../../kernel/decimal.ts';
import type { EndpointReply } from '../../../kernel/endpoint.ts';
import type { Locale } from '../../../kernel/locale.ts';
import { notFound } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readBrand } from '../../../platform/settings.ts';
import type { Customers } from '../../customers/public.ts';
import type { explainPerson } from '../contract/preview.ts';
import type { Rule } from '../contract/rule.ts';
import type { FieldRegistry } from '../fields/registry.ts';
import type { Found } from '../person/checks/check.ts';
import { evaluatePerson } from '../person/evaluate-person.ts';
import { type KeptSets, readPersons } from '../person/read-persons.ts';
import type { Sentences } from '../sentence/sentences.ts';
import { resolveNow } from './preview.ts';

export interface ExplainParts {
  platform: Platform;
  customers: Pick<Customers, 'lineage'>;
  fields: FieldRegistry;
  sets: KeptSets;
  sentences: Sentences;
}

/** Which parts of a rule hold for one person, and by what; 404 for whoever is no customer. */
export async function explainOf({ platform, customers, fields, sets, sentences }: ExplainParts, rule: Rule, customerNo: number, locale: Locale): Promise<EndpointReply<typeof explainPerson>> {
  const computedAt = platform.clock.now().toISOString();
  const resolved = await resolveNow(platform, fields, rule);
  // Somebody who was merged is asked about under the number they count for.
  const [countsFor = customerNo] = await customers.lineage(customerNo);
  const facts = (await readPersons(platform.reader, sets, [resolved], [countsFor])).get(countsFor);
  if (!facts) throw notFound('audiences.no_such_person');
  const { holds, parts } = evaluatePerson(resolved, facts);
  const { timeZone } = await readBrand(platform.pg);
  const told = partsOf(rule).map(async ({ path, part }) => {
    const checked = parts.get(path);
    return {
      path,
      holds: checked?.holds ?? false,
      sentence: await sentences.ofRule(part, locale),
      found: checked?.found ? await foundText(checked.found, timeZone, (tagIds) => sentences.tagNames(tagIds)) : null,
    };
  });
  return { customerNo: countsFor, holds, parts: await Promise.all(told), computedAt };
}

/** Every part of a rule by its place. */
function partsOf(rule: Rule, path = ''): { path: string; part: Rule }[] {
  const below = (step: string): string => (path ? `${path}.${step}` : step);
  const inner = rule.kind === 'group' ? rule.parts.flatMap((part, i) => partsOf(part, below(`parts.${i}`))) : rule.kind === 'held' ? partsOf(rule.rule, below('rule')) : [];
  return [{ path, part: rule }, ...inner];
}

async function foundText(found: Found, timeZone: string, tagNames: (tagIds: readonly number[]) => Promise<Map<number, string>>): Promise<string | null> {
  if ('number' in found) return formatDecimal(found.number);
  if ('moment' in found) return dayIn(timeZone, new Date(found.moment));
  if ('day' in found) return found.day;
  const words = 'words' in found ? found.words : [...(await tagNames(found.tags)).values()];
  return words.length === 0 ? null : words.join(', ');
}
