import type { AttributeValue, SaidProfile } from './traits.ts';

/** A profile as it is kept, readable. Empty parts are null. */
export interface Profile {
  name: string | null;
  gender: 'male' | 'female' | null;
  /** `1990-05-17` */
  birthDate: string | null;
  country: string | null;
  province: string | null;
  city: string | null;
  language: string | null;
  personal: Record<string, string>;
  attributes: Record<string, AttributeValue>;
}

export const emptyProfile: Profile = {
  name: null, gender: null, birthDate: null, country: null, province: null, city: null, language: null, personal: {}, attributes: {},
};

export const profileColumns = ['name', 'gender', 'birthDate', 'country', 'province', 'city', 'language'] as const;

/** A profile after something was said about it. What is older than what is known only fills what is empty. */
export function applySaid(profile: Profile, said: SaidProfile, isNewer: boolean): Profile {
  const next: Profile = { ...profile, personal: mergeRecord(profile.personal, said.personal, isNewer), attributes: mergeRecord(profile.attributes, said.attributes, isNewer) };
  for (const column of profileColumns) {
    const value = said[column];
    if (value !== undefined && (isNewer || next[column] === null)) Object.assign(next, { [column]: value });
  }
  return next;
}

function mergeRecord<V>(known: Record<string, V>, said: Record<string, V | null>, isNewer: boolean): Record<string, V> {
  const next = new Map(Object.entries(known));
  for (const [key, value] of Object.entries(said)) {
    if (value === null) {
      if (isNewer) next.delete(key);
    } else if (isNewer || !next.has(key)) next.set(key, value);
  }
  return Object.fromEntries(next);
}

/** One profile out of those of a lineage: the first says what counts, the others fill what it leaves empty. */
export function mergeProfiles(profiles: readonly Profile[]): Profile {
  const merged: Profile = { ...emptyProfile, personal: {}, attributes: {} };
  for (const profile of profiles) {
    for (const column of profileColumns) {
      if (merged[column] === null) Object.assign(merged, { [column]: profile[column] });
    }
    merged.personal = { ...profile.personal, ...merged.personal };
    merged.attributes = { ...profile.attributes, ...merged.attributes };
  }
  return merged;
}

/** True where two profiles say the same. */
export const sameProfile = (a: Profile, b: Profile): boolean =>
  profileColumns.every((column) => a[column] === b[column]) && sameRecord(a.personal, b.personal) && sameRecord(a.attributes, b.attributes);

const sameRecord = (a: Record<string, unknown>, b: Record<string, unknown>): boolean => {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
};
