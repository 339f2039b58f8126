import { canonicalNo } from '../../../../platform/clickhouse/merge-dictionary.ts';
import type { Bindings } from '../../set/bindings.ts';
import type { Dialect } from '../../set/facts-sql.ts';
import { type Feature, learntSql, type Source } from './feature.ts';
import { mergedNumbers } from './sources.ts';

/** Whose rows are read: customers by their numbers from one up to, without, another; or everybody who is merged, put together. */
export interface Scope {
  between: [from: number, until: number] | 'merged';
  /** These people alone. */
  only?: readonly number[];
}

const hasParts = ({ isGrouped, together }: Source): boolean => isGrouped || together !== undefined;

/**
 * People are read range by range, so that what the engine holds has a bound. Hardly anybody is merged: their numbers
 * are left out of the ranges and read together, those of one person as one.
 */
export const scopesOf = (ranges: [number, number][], { hasMerges }: Dialect, source: Source, only?: readonly number[]): Scope[] => [
  ...ranges.map((between) => ({ between, only })),
  ...(hasMerges && hasParts(source) ? [{ between: 'merged' as const, only }] : []),
];

/** The number people count under: where merged people are put together first, it has a name. */
const numberOf = ({ together }: Source, { between }: Scope): string => (between !== 'merged' ? 'customer_no' : together === undefined ? canonicalNo() : 'no');

function fromSql(source: Source, scope: Scope, { hasMerges }: Dialect, bind: Bindings): string {
  const { between, only } = scope;
  const conditions = [source.where];
  if (between === 'merged') conditions.push(source.together === undefined ? `customer_no in ${mergedNumbers}` : '1');
  else {
    conditions.push(`customer_no >= ${bind.add('UInt32', between[0])}`, `customer_no < ${bind.add('UInt64', between[1])}`);
    if (hasMerges && hasParts(source)) conditions.push(`customer_no not in ${mergedNumbers}`);
  }
  if (only) conditions.push(`${numberOf(source, scope)} in ${bind.add('Array(UInt32)', only)}`);
  const from = between === 'merged' && source.together !== undefined ? `(${source.together})` : source.from;
  return `from ${from} where ${conditions.join(' and ')}${source.isGrouped ? ` group by person` : ''}`;
}

const personSql = (source: Source, scope: Scope): string => `toUInt32(${numberOf(source, scope)}) as person`;

/** A function of a column of few values is one itself, unless it is cast. */
const plainFloat = (sql: string): string => `cast(${sql}, 'Float32')`;

/** Numbers and what is learnt from, a column a feature. */
export const printFeatures = (source: Source, scope: Scope, dialect: Dialect, bind: Bindings): string =>
  `select ${[personSql(source, scope), ...source.features.map((feature) => plainFloat(learntSql(feature)))].join(', ')} ${fromSql(source, scope, dialect, bind)}`;

/** What a feature adds to a score: its number times this, or as much as the mean would where it has none. */
export interface Weighing {
  weight: number;
  mean: number;
}

/** Weights of families are summed as whole millionths: the sum is the same in whichever order the engine adds. */
const fine = 1_000_000;

/** Numbers and what all features of a source add to each score. A family of values is one expression, however many they are. */
export function printScores(source: Source, weighings: ReadonlyMap<string, Weighing>, scope: Scope, dialect: Dialect, bind: Bindings): string {
  const families = new Map<string, Feature[]>();
  const terms: string[] = [];
  const float = (value: number): string => bind.add('Float64', value);
  for (const feature of source.features) {
    const weighing = weighings.get(feature.key);
    if (!weighing) continue;
    if (feature.lookup) families.set(feature.lookup.column, [...(families.get(feature.lookup.column) ?? []), feature]);
    else terms.push(`ifNotFinite(${float(weighing.weight)} * ${learntSql(feature)}, ${float(weighing.weight * weighing.mean)})`);
  }
  for (const [column, features] of families) {
    const known = features.map(({ key, lookup }) => ({ value: lookup?.value ?? '', ...(weighings.get(key) ?? { weight: 0, mean: 0 }) }));
    const looked = `transform(${column}, ${bind.texts(known.map(({ value }) => value))}, ${bind.add('Array(Int64)', known.map(({ weight }) => Math.round(weight * fine)))}, toInt64(0))`;
    const withoutRows = known.reduce((sum, { weight, mean }) => sum + weight * mean, 0);
    terms.push(source.isGrouped ? `ifNotFinite(sum(${looked}) / ${fine} / count(), ${float(withoutRows)})` : `${looked} / ${fine}`);
  }
  return `select ${personSql(source, scope)}, ${plainFloat(terms.join(' + ') || '0')} as score ${fromSql(source, scope, dialect, bind)}`;
}
