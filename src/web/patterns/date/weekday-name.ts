import { currentLocale } from '../../i18n/language.ts';

/** The name of a weekday in the reader's language, of which 1 is Monday. */
export const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(currentLocale(), { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, weekday)));
