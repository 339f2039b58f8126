interface Option {
  value: string;
  label: string;
}

/** How far a time zone is from UTC now: `GMT+8`. */
const offsetOf = (timeZone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts().find((part) => part.type === 'timeZoneName')?.value ?? '';

const memory = new Map<string, Option[]>();
const remembered = (key: string, make: () => Option[]): Option[] => {
  const found = memory.get(key) ?? make();
  memory.set(key, found);
  return found;
};

/** Every time zone with its distance from UTC. */
export const timeZoneOptions = (locale: string): Option[] =>
  remembered(`zones ${locale}`, () =>
    ['UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({ value, label: `${value.replaceAll('_', ' ')} (${offsetOf(value)})` })));

/** Every currency by its name in a language. */
export const currencyOptions = (locale: string): Option[] =>
  remembered(`currencies ${locale}`, () => {
    const names = new Intl.DisplayNames(locale, { type: 'currency' });
    return Intl.supportedValuesOf('currency').map((value) => ({ value, label: `${names.of(value) ?? value} (${value})` }));
  });
