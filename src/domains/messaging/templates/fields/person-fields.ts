import { type Profile, profilesOf } from '../../../customers/public.ts';
import type { MessagingDoors, TemplateField } from '../../part.ts';

/** Fields out of profiles: a batch reads them once, however many of them a template shows. */
export function personFields({ customers: { vault } }: Pick<MessagingDoors, 'customers'>): TemplateField[] {
  const readOnce = onceForBatch((connection, customerNos) => profilesOf(connection, vault, customerNos));
  const field = (name: string, kind: TemplateField['kind'], isPersonal: boolean, value: (profile: Profile) => unknown, isForEverybody = false): TemplateField => ({
    name: `person.${name}`,
    label: `messaging:field.${name}`,
    kind,
    isPersonal,
    isForEverybody,
    async read(connection, customerNos) {
      const profiles = await readOnce(connection, customerNos);
      return new Map([...profiles].map(([customerNo, profile]) => [customerNo, value(profile)]));
    },
  });
  return [
    field('name', 'text', true, ({ name }) => name, true),
    field('gender', 'text', false, ({ gender }) => gender),
    field('province', 'text', false, ({ province }) => province),
    field('city', 'text', false, ({ city }) => city),
    field('birthday', 'date', true, ({ birthDate }) => birthDate),
    field('language', 'text', false, ({ language }) => language, true),
    field('attributes', 'values', false, ({ attributes }) => attributes),
    field('personal', 'values', true, ({ personal }) => personal),
  ];
}

type Read<T> = (connection: Parameters<TemplateField['read']>[0], customerNos: readonly number[]) => Promise<T>;

/** Fields of one source that are read at the same time share one reading. */
function onceForBatch<T>(read: Read<T>): Read<T> {
  const running = new WeakMap<readonly number[], Promise<T>>();
  return (connection, customerNos) => {
    const known = running.get(customerNos);
    if (known) return known;
    const reading = read(connection, customerNos);
    running.set(customerNos, reading);
    return reading;
  };
}
