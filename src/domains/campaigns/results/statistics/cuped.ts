import { addSums, covariance, noSums, type Sample, sampleOf, type Sums } from './sample.ts';

/** Groups as they would be had all of them done the same before. */
export interface Sharpened {
  samples: Sample[];
  theta: number;
  /** ρ²: which part of the variance is gone. 0 where what people did before says nothing. */
  explained: number;
}

/**
 * CUPED: A. Deng, Y. Xu, R. Kohavi, T. Walker, "Improving the sensitivity of online controlled experiments by utilizing
 * pre-experiment data", WSDM 2013. y' = y - θ (x - x̄) with θ = cov(x, y) / var(x) over all groups (equation 4) has the mean of y
 * and the variance var(y) (1 - ρ²) (equation 5). What people did before cannot be an effect of what was done to them later.
 */
export function cuped(groups: readonly Sums[]): Sharpened {
  // Within groups: the difference between groups is what is asked for, and must not be taken for what x explains.
  const within = (a: 'x' | 'y', b: 'x' | 'y', ab: 'xx' | 'yy' | 'xy'): number => groups.reduce((sum, group) => sum + covariance(group.n, group[a], group[b], group[ab]) * Math.max(0, group.n - 1), 0);
  const [xx, yy, xy] = [within('x', 'x', 'xx'), within('y', 'y', 'yy'), within('x', 'y', 'xy')];
  const theta = xx > 0 ? xy / xx : 0;
  const all = groups.reduce(addSums, noSums);
  const meanBefore = all.n === 0 ? 0 : all.x / all.n;
  const samples = groups.map((group): Sample => {
    const { n, mean, variance } = sampleOf(group);
    if (n === 0) return { n, mean, variance };
    const cov = covariance(n, group.x, group.y, group.xy);
    return { n, mean: mean - theta * (group.x / n - meanBefore), variance: Math.max(0, variance - 2 * theta * cov + theta ** 2 * covariance(n, group.x, group.x, group.xx)) };
  });
  return { samples, theta, explained: xx > 0 && yy > 0 ? Math.min(1, xy ** 2 / (xx * yy)) : 0 };
}
