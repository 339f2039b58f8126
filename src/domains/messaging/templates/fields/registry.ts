import { type Locale, pickLocale } from '../../../../kernel/locale.ts';
import { profilesOf } from '../../../customers/public.ts';
import { nearestLocale } from '../compile/compile.ts';
import type { MessagingDoors, PersonValues, ReadAs, TemplateField } from '../../part.ts';
import { nested } from '../render/values.ts';

/** What templates may show, by name. */
export interface Fields {
  register(field: TemplateField): void;
  all(): readonly TemplateField[];
  /** The field that `member.points` or `person.attributes.skin` is of. */
  of(path: readonly string[]): TemplateField | undefined;
}

export function createFields(own: readonly TemplateField[]): Fields {
  const fields = new Map(own.map((field) => [field.name, field]));
  return {
    register(field) {
      if (fields.has(field.name)) throw new RangeError(`two fields of templates are called ${field.name}`);
      fields.set(field.name, field);
    },
    all: () => [...fields.values()],
    of: (path) => fields.get(path.slice(0, 2).join('.')) ?? fields.get(path[0]),
  };
}

const nobody: ReadonlySet<number> = new Set();

/** Reads the values of a batch: one reading a field and language. */
export async function readValues(
  { customers: { vault } }: Pick<MessagingDoors, 'customers'>, fields: readonly TemplateField[], available: readonly Locale[],
  connection: Parameters<TemplateField['read']>[0], customerNos: readonly number[], { locale: asked, plain = nobody }: ReadAs,
): Promise<Map<number, PersonValues>> {
  const profiles = await profilesOf(connection, vault, customerNos);
  const localeOf = (no: number): Locale => {
    const language = profiles.get(no)?.language ?? null;
    return nearestLocale(available, asked ?? (language === null ? 'zh-CN' : pickLocale(language.replaceAll('_', '-'))));
  };
  const byLocale = Map.groupBy(profiles.keys(), localeOf);
  const values = new Map<number, PersonValues>();
  for (const [locale, people] of byLocale) {
    // One after the other: a connection does one thing at a time.
    const read: [string, Map<number, unknown>][] = [];
    const chosenFor = people.filter((no) => !plain.has(no));
    for (const field of fields) read.push([field.name, await field.read(connection, field.isForEverybody ? people : chosenFor, locale)]);
    for (const no of people) values.set(no, { locale, fields: { ...nested(Object.fromEntries(read.map(([name, of]) => [name, of.get(no) ?? null]))), ...aboutMessage(plain.has(no)) } });
  }
  return values;
}

/** What a template may ask of the message itself: one for somebody who refused to be shown what is chosen for them may say other things. */
export const aboutMessage = (isPlain: boolean) => ({ message: { is_plain: isPlain } });
