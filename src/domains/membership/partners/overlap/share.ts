/** A share with the range in which it is to be found in 19 of 20 cases. */
export interface Share {
  share: number;
  low: number;
  high: number;
}

/** The 97.5 % point of the standard normal distribution. */
const z = 1.959964;

/**
 * A share of a sample and its 95 % score interval: Wilson, Probable Inference, the Law of Succession, and Statistical Inference
 * (1927), as method 3 of Newcombe, Two-sided confidence intervals for the single proportion (1998). It stays within 0 and 1, and
 * says something sensible of nobody out of ten. Of an empty sample nothing is known.
 */
export function wilsonShare(found: number, asked: number): Share {
  if (asked === 0) return { share: 0, low: 0, high: 1 };
  const share = found / asked;
  const centre = 2 * asked * share + z * z;
  const width = z * Math.sqrt(z * z + 4 * asked * share * (1 - share));
  const bound = (value: number): number => Math.min(1, Math.max(0, value / (2 * (asked + z * z))));
  return { share, low: found === 0 ? 0 : bound(centre - width), high: found === asked ? 1 : bound(centre + width) };
}
