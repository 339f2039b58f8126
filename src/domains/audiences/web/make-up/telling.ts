import type { MakeUp } from '../../contract.ts';

type Value = MakeUp['traits'][number]['values'][number];

/** A value by which an audience stands out. */
export interface Telling {
  label: string;
  tgi: number;
  value: Value;
}

/** Below this a difference is hardly chance. */
export const significant = 0.01;
/** From here an index is worth telling. */
export const [high, low] = [120, 80];

/** Fewer people say little, however surely. */
const leastPeople = 5;
const leastShare = 0.005;

export const isTelling = ({ tgi, pValue }: Value): boolean => tgi !== null && pValue !== null && pValue < significant && (tgi >= high || tgi <= low);

/** By what an audience stands out most: the highest indexes first, and after them the lowest, so many of each. */
export function tellingValues({ traits, size, base }: MakeUp, each: number): Telling[] {
  const found = traits.flatMap(({ label, values }) => values.flatMap((value): Telling[] => (value.tgi === null ? [] : [{ label: `${label} · ${value.label}`, tgi: value.tgi, value }])))
    .filter(({ value }) => isTelling(value) && value.inBase >= leastPeople && Math.max(value.inAudience / size, value.inBase / base) >= leastShare)
    .toSorted((a, b) => b.tgi - a.tgi);
  const above = found.filter(({ tgi }) => tgi >= high).slice(0, each);
  const below = found.filter(({ tgi }) => tgi <= low).slice(-each);
  return [...above, ...below];
}
