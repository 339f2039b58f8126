import { type PreferenceDimension, preferenceDimensions } from '../contract/preference.ts';

export const dimensions = preferenceDimensions;
export type Dimension = PreferenceDimension;

/** A value of a dimension is known by a number: that of its dimension times this, and its place among the dimension's values, from 1. */
export const codesOfDimension = 65_536;
/** So many values of a dimension are looked at, the most bought ones; what is rarer is no preference that anybody could act on. */
export const mostValues = 500;
/** Prices of a category are parted into so many bands of the same number of items. */
export const priceBands = 5;

/** Values of dimensions that have always the same ones, as words. Hours are those of the brand's day, `day1` is Monday. */
const fixedValues: Partial<Record<Dimension, readonly string[]>> = {
  price_band: Array.from({ length: priceBands }, (_, i) => `band${i + 1}`),
  hour: Array.from({ length: 24 }, (_, i) => `hour${i}`),
  weekday: Array.from({ length: 7 }, (_, i) => `day${i + 1}`),
};

/** The values of every dimension, the most bought first where they are those of the brand. */
export type Values = Record<Dimension, readonly string[]>;

export const withFixed = (found: Pick<Values, 'category' | 'brand' | 'channel'>): Values => ({
  ...found, price_band: fixedValues.price_band ?? [], hour: fixedValues.hour ?? [], weekday: fixedValues.weekday ?? [],
});

export const firstCode = (dimension: Dimension): number => dimensions.indexOf(dimension) * codesOfDimension + 1;
export const dimensionOf = (code: number): Dimension => dimensions[Math.floor(code / codesOfDimension)];
export const valueOf = (values: Values, code: number): string => values[dimensionOf(code)][(code % codesOfDimension) - 1];

/** Every code there is, with its value. */
export const codesOf = (values: Values): { code: number; dimension: Dimension; value: string }[] =>
  dimensions.flatMap((dimension) => values[dimension].map((value, i) => ({ code: firstCode(dimension) + i, dimension, value })));
