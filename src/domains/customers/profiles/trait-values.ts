export type Gender = 'male' | 'female';

const genders: Record<string, Gender> = {
  male: 'male', m: 'male', man: 'male', 男: 'male', 男性: 'male', 先生: 'male', 1: 'male',
  female: 'female', f: 'female', woman: 'female', 女: 'female', 女性: 'female', 女士: 'female', 2: 'female',
};

/** Male or female where a text says so (WeChat's 1 and 2 as well); anything else is not known. */
export const genderOf = (text: string): Gender | undefined => {
  const key = text.trim().toLowerCase();
  return Object.hasOwn(genders, key) ? genders[key] : undefined;
};

/** A date of birth as `1990-05-17` where the text begins with a date that exists and is not absurd. */
export function birthDateOf(text: string): string | undefined {
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})(?!\d)/.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1900 && date.getTime() <= Date.now() ? date.toISOString().slice(0, 10) : undefined;
}
