import { fieldOf } from '../fields.ts';
import { fieldsByName, normaliseName } from './synonyms.ts';
import type { FieldName, FieldType, ImportKind } from '../fields.ts';
import type { ColumnProfile } from './column-profile.ts';

/** Why a column was taken for a field; sentences are `guess.<reason>` in this domain's messages. */
export type GuessReason =
  | 'name_known'
  | 'name_similar'
  | 'values_fit'
  | 'values_do_not_fit'
  | 'about_a_child'
  | 'kept_as_attribute'
  | 'looks_personal'
  | 'not_recognised';

/** A field that a column may mean, with how sure that is, from 0 to 1. */
export interface Candidate {
  index: number;
  field: FieldName;
  confidence: number;
  reasons: GuessReason[];
}

const knownName = 0.95;
const similarName = 0.6;
/** Below this nothing is guessed: a person chooses. */
const leastConfidence = 0.4;
/** A name is similar when it holds a known one of this length: `买家手机号` holds `手机号`. */
const shortestPart = { ascii: 5, other: 2 };

/** The best field for each column by name and values, no field twice. */
export function chooseFields(
  kind: ImportKind,
  columns: readonly string[],
  profiles: readonly ColumnProfile[],
): Candidate[] {
  const candidates = columns.flatMap((column, index) => [
    ...byName(kind, column, index, profiles[index]),
    ...byValues(kind, index, profiles[index]),
  ]);
  const chosen: Candidate[] = [];
  for (const candidate of candidates.sort((a, b) => b.confidence - a.confidence)) {
    if (candidate.confidence < leastConfidence) break;
    const taken = chosen.some(({ index, field }) => index === candidate.index || field === candidate.field);
    if (!taken) chosen.push(candidate);
  }
  return chosen.sort((a, b) => a.index - b.index);
}

function byName(kind: ImportKind, column: string, index: number, profile: ColumnProfile): Candidate[] {
  const names = fieldsByName[kind];
  const name = normaliseName(column);
  const known = names.get(name);
  if (known) return [judge(kind, index, known, knownName, 'name_known', profile)];
  const similar = [...names.keys()]
    .filter((part) => part.length >= (/^[\x20-\x7e]*$/.test(part) ? shortestPart.ascii : shortestPart.other))
    .filter((part) => name.includes(part))
    .sort((a, b) => b.length - a.length)[0];
  return similar ? [judge(kind, index, names.get(similar)!, similarName, 'name_similar', profile)] : [];
}

/** A name counts for less where the values are not of the field's type. */
function judge(
  kind: ImportKind,
  index: number,
  field: FieldName,
  confidence: number,
  reason: GuessReason,
  profile: ColumnProfile,
): Candidate {
  const type = fieldOf(kind, field)!.type as Exclude<FieldType, 'attribute'>;
  if (profile.filled === 0) return { index, field, confidence: confidence - 0.1, reasons: [reason] };
  const fit = type === 'address' ? 1 : profile.fits[type];
  if (fit >= 0.9)
    return { index, field, confidence: confidence + 0.04 * fit, reasons: [reason, 'values_fit'] };
  const reasons: GuessReason[] = [reason, 'values_do_not_fit'];
  return { index, field, confidence: confidence * (0.2 + 0.8 * fit), reasons };
}

/** Fields whose values betray them under any name. */
function byValues(
  kind: ImportKind,
  index: number,
  { fits, filled, distinct, values }: ColumnProfile,
): Candidate[] {
  if (filled < 3) return [];
  const candidate = (field: FieldName, confidence: number): Candidate[] =>
    fieldOf(kind, field) ? [{ index, field, confidence, reasons: ['values_fit'] }] : [];
  if (fits.email > 0.9) return candidate('email', 0.8);
  if (fits.phone > 0.9 && distinct > filled / 20) return candidate('phone', 0.7);
  if (fits.address > 0.9) {
    const long = values.some((value) => value.length > 12);
    return candidate(long ? 'address' : kind === 'customers' ? 'province' : 'region', 0.55);
  }
  // A day number like 20140919 is also a number of something; a clock or a separator is only a time.
  const dated = values.every((value) => /[-/:年]/.test(value));
  if (fits.time > 0.9 && dated) return candidate(kind === 'customers' ? 'created_at' : 'occurred_at', 0.45);
  return [];
}
