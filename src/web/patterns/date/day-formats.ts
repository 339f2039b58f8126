import type { Locale } from '../../../kernel/locale.ts';

/** How a day and a month are written in a language, here as everywhere else. */
const shown: Record<Locale, { day: string; month: string }> = {
  'zh-CN': { day: 'YYYY/MM/DD', month: 'YYYY/MM' },
  'zh-TW': { day: 'YYYY/MM/DD', month: 'YYYY/MM' },
  en: { day: 'MMM D, YYYY', month: 'MMM YYYY' },
};
const pairs = ['MM-DD', 'M-D', 'M-DD', 'MM-D'];
/** What people type for a day, the year first: which of two numbers is the month is never guessed. */
const typedDays = [...['/', '-', '.'].flatMap((mark) => pairs.map((pair) => `YYYY-${pair}`.replaceAll('-', mark))), 'YYYYMMDD', 'YYYY年M月D日', 'MMM D, YYYY', 'MMMM D, YYYY', 'D MMM YYYY', 'MMM D YYYY'];
const typedMonths = [...['/', '-', '.'].flatMap((mark) => [`YYYY${mark}MM`, `YYYY${mark}M`]), 'YYYYMM', 'YYYY年M月', 'MMM YYYY', 'MMMM YYYY'];
const withTimes = (days: readonly string[]): string[] => ['HH:mm', 'H:mm', 'HH:mm:ss'].flatMap((time) => days.map((day) => `${day} ${time}`));
const firstOf = (format: string, others: readonly string[]): string[] => [format, ...others.filter((other) => other !== format)];

/** What a date picker shows, and after it all else it understands. */
export function pickerFormats(locale: Locale): Record<'day' | 'moment' | 'month', string[]> {
  const { day, month } = shown[locale];
  const days = firstOf(day, typedDays);
  return { day: days, moment: firstOf(`${day} HH:mm`, withTimes(days)), month: firstOf(month, typedMonths) };
}
