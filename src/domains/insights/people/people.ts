import type { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import { type Locale, locales } from '../../../kernel/locale.ts';
import { conflict, Problem } from '../../../kernel/problem.ts';
import { seededRandom } from '../../../kernel/seeded-random.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Rule } from '../../audiences/contract.ts';
import type { Audiences } from '../../audiences/public.ts';
import { type Customers, readRows } from '../../customers/public.ts';
import { keepPeople, type PeopleOf, readPeople } from '../contract/people.ts';

export type PeopleKind = PeopleOf['kind'];

/** Finds the people behind numbers of one kind. */
export interface PeopleSource<K extends PeopleKind = PeopleKind> {
  kind: K;
  /** Their numbers, of the present or as facts carry them. */
  find(of: Extract<PeopleOf, { kind: K }>): Promise<Bitmap>;
  /** What they are: `Lost customers who bought tea`. */
  sentence(of: Extract<PeopleOf, { kind: K }>, locale: Locale): Promise<string>;
  /** The audience rule that means the same people, where there is one. */
  ruleOf?(of: Extract<PeopleOf, { kind: K }>): Rule | null;
}

interface PeopleDoors {
  platform: Platform;
  customers: Pick<Customers, 'vault'>;
  audiences: Pick<Audiences, 'peopleOf' | 'sentenceOf' | 'everybody' | 'asOfToday' | 'keepFound'>;
}

const shownPeople = 10;

/** Endpoints that show the people behind a number and keep them as an audience. */
export function peopleRoutes({ platform, customers, audiences }: PeopleDoors, given: readonly PeopleSource[]): Route[] {
  const ofRule: PeopleSource<'rule'> = {
    kind: 'rule',
    find: ({ rule }) => audiences.peopleOf(rule),
    sentence: ({ rule }, locale) => audiences.sentenceOf(rule, locale),
    ruleOf: ({ rule }) => rule,
  };
  const sources = new Map<string, PeopleSource>([...given, ofRule as PeopleSource].map((source) => [source.kind, source]));
  const sourceOf = ({ kind }: PeopleOf): PeopleSource => {
    const source = sources.get(kind);
    if (!source) throw new Problem('insights.no_people', { status: 404, params: { kind } });
    return source;
  };
  /** Those of them who are customers today, each under the number they count for. */
  const find = async (of: PeopleOf): Promise<Bitmap> => (await audiences.everybody()).and(await audiences.asOfToday(await sourceOf(of).find(of)));
  return [
    route(readPeople, async ({ body: { of, seed }, actor: { locale } }) => {
      const computedAt = platform.clock.now().toISOString();
      const [found, sentence] = await Promise.all([find(of), sourceOf(of).sentence(of, locale)]);
      const some = found.sample(Math.min(shownPeople, found.size), seededRandom(seed));
      return { size: found.size, people: await readRows(platform, customers.vault, some), sentence, rule: sourceOf(of).ruleOf?.(of) ?? null, computedAt };
    }),
    route(keepPeople, async ({ body: { of, name, reason }, actor }) => {
      const people = await find(of);
      if (people.size === 0) throw conflict('insights.nobody_to_keep');
      const told = await Promise.all(locales.map(async (locale) => [locale, await sourceOf(of).sentence(of, locale)] as const));
      const sentences = Object.fromEntries(told) as Record<Locale, string>;
      return { audienceId: await audiences.keepFound({ name, reason, people, sentences }, actor), size: people.size };
    }),
  ];
}
