import { emptyProfile, profileColumns, type Profile } from './profile.ts';

/** A value of a profile, as JSON writes it; null where there is none. */
type Part = Profile[keyof Profile] | Profile['attributes'][string] | null;

/** What an import made of a profile: each part as it was and as it became, by `city`, `attributes.plan`, `personal.wechat`. */
export type ProfileSteps = Record<string, { was: Part; became: Part }>;

const records = ['personal', 'attributes'] as const;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function partsOf(profile: Profile): Map<string, Part> {
  const parts = new Map<string, Part>(profileColumns.map((column) => [column, profile[column]]));
  for (const record of records) for (const [key, value] of Object.entries(profile[record])) parts.set(`${record}.${key}`, value);
  return parts;
}

/** What differs between two states of a profile. */
export function stepsBetween(before: Profile, after: Profile): ProfileSteps {
  const [was, became] = [partsOf(before), partsOf(after)];
  const changed = [...new Set([...was.keys(), ...became.keys()])].filter((key) => !same(was.get(key) ?? null, became.get(key) ?? null));
  return Object.fromEntries(changed.map((key) => [key, { was: was.get(key) ?? null, became: became.get(key) ?? null }]));
}

/** Two walks as one: from where the first began to where the second ended. */
export function joinSteps(first: ProfileSteps, second: ProfileSteps): ProfileSteps {
  const joined = new Map(Object.entries(first));
  for (const [key, { was, became }] of Object.entries(second)) joined.set(key, { was: joined.get(key)?.was ?? (joined.has(key) ? null : was), became });
  return Object.fromEntries(joined);
}

/** A profile without what an import made of it; what was changed again since then stays as it is. */
export function withoutSteps(profile: Profile, steps: ProfileSteps): Profile {
  const parts = partsOf(profile);
  for (const [key, { was, became }] of Object.entries(steps)) if (same(parts.get(key) ?? null, became)) parts.set(key, was);
  const next: Profile = { ...emptyProfile, personal: {}, attributes: {} };
  for (const [key, value] of parts) {
    const record = records.find((one) => key.startsWith(`${one}.`));
    if (!record) Object.assign(next, { [key]: value });
    else if (value !== null) next[record] = Object.fromEntries([...Object.entries(next[record]), [key.slice(record.length + 1), value]]) as Record<string, never>;
  }
  return next;
}
