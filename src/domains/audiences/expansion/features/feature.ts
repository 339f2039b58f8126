import type { Dialect } from '../../set/facts-sql.ts';

/** What a feature's number says. Counts, money and days are learnt from by their logarithm: few people have very many. */
export type Tells = 'has' | 'share' | 'years' | 'times' | 'money' | 'days';

/** Something about a customer that a model learns from. */
export interface Feature {
  /** `orders`, `category:茶叶`: the family, and which of its values. */
  key: string;
  tells: Tells;
  /** SQL of the number of one person over rows of the source; not finite where there is none. */
  sql: string;
  /** Whoever has no rows counts as 0; otherwise nothing is known of them. */
  zeroWithoutRows: boolean;
  /** Features of one column by its values: a whole family is weighed by one expression. */
  lookup?: { column: string; value: string };
}

/** Rows of people that one statement reads, and the features of them. */
export interface Source {
  from: string;
  /** A condition on the rows beside whose they are. */
  where: string;
  /** Several rows a person, put together under the number they count for; otherwise each number has one at most. */
  isGrouped: boolean;
  /** Where rows are not grouped and belong to a number of its own: the query that puts those of merged people together. */
  together?: string;
  features: Feature[];
}

/** What features are measured by: the moment, the zone of days and hours, and the values that are worth a feature of their own. */
export interface FeaturePlan {
  asOf: Date;
  timeZone: string;
  values: Readonly<Record<string, readonly string[]>>;
  /** Families or keys that are not learnt from. */
  leftOut: readonly string[];
  dialect: Dialect;
}

export const familyOf = (key: string): string => key.split(':', 1)[0];
export const valueOf = (key: string): string => key.slice(familyOf(key).length + 1);
export const isLeftOut = (key: string, leftOut: readonly string[]): boolean => leftOut.includes(key) || leftOut.includes(familyOf(key));

const byLogarithm: ReadonlySet<Tells> = new Set(['times', 'money', 'days']);

/** The number that is learnt from, as SQL. */
export const learntSql = ({ tells, sql }: Feature): string =>
  byLogarithm.has(tells) ? `log1p(if(toFloat64(${sql}) < 0, 0., toFloat64(${sql})))` : `toFloat64(${sql})`;

/** What a number that was learnt from stands for, in people's units: of a mean of logarithms, the typical value. */
export const toldOf = (tells: Tells, learnt: number): number => (byLogarithm.has(tells) ? Math.expm1(learnt) : learnt);
