import { normaliseName } from './synonyms.ts';
import type { Candidate } from './candidates.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { ColumnMapping } from '../mapping.ts';

const childWords = /宝宝|孩子|儿童|婴|母婴|child|kid|baby|infant/i;
const yearMs = 365.25 * 86_400_000;
const adultYears = 18;

/**
 * True where birthday and gender in a customer file are a child's: the names of file or columns say so, or
 * nearly all of the birthdays are those of minors, who do not hold the accounts.
 */
export function areChildren(
  chosen: readonly Candidate[],
  columns: readonly string[],
  profiles: readonly ColumnProfile[],
  fileName: string,
  now: number,
): boolean {
  const birthday = chosen.find(({ field }) => field === 'birthday');
  if (!birthday) return false;
  if (childWords.test(fileName) || childWords.test(normaliseName(columns[birthday.index]))) return true;
  const years = profiles[birthday.index].values.map((value) => Number(/\d{4}/.exec(value)?.[0]));
  const adultBefore = new Date(now - adultYears * yearMs).getUTCFullYear();
  return years.filter((year) => year > adultBefore).length > years.length * 0.8;
}

/** The attribute that a child's birthday or gender becomes instead of the customer's own. */
export function childAttribute(field: string, profile: ColumnProfile): ColumnMapping['attribute'] | null {
  if (field === 'birthday') return { name: 'child_birthday', type: 'day' };
  if (field !== 'gender') return null;
  const coded = profile.values.every((value) => /^[012]$/.test(value));
  // As in Alibaba's public data: 0 is a boy, 1 a girl, 2 not told.
  const words = coded ? { '0': 'male', '1': 'female', '2': 'unknown' } : undefined;
  return { name: 'child_gender', type: 'text', ...(words && { words }) };
}
