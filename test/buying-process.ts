import { seededRandom } from '../src/kernel/seeded-random.ts';

/** What a simulated customer did: days of purchases since the first, which is 0, until the end of the observation. */
export interface SimulatedBuyer {
  purchases: number[];
  age: number;
  /** Whether they would still buy after the end. */
  isAlive: boolean;
}

/** Random numbers of the distributions that the models of buying are made of. */
export function distributions(seed: number) {
  const uniform = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const exponential = (rate: number): number => -Math.log(1 - uniform()) / rate;
  /** G. Marsaglia and W. W. Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26(3), 2000. */
  const gamma = (shape: number, rate: number): number => {
    if (shape < 1) return gamma(shape + 1, rate) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / rate;
    }
  };
  const beta = (a: number, b: number): number => {
    const x = gamma(a, 1);
    return x / (x + gamma(b, 1));
  };
  return { uniform, exponential, gamma, beta };
}

type Draw = ReturnType<typeof distributions>;

/** A customer of the BG/NBD model: after each repeat purchase a coin decides whether they go. */
export function bgNbdBuyer({ uniform, exponential, gamma, beta }: Draw, [r, alpha, a, b]: readonly number[], age: number): SimulatedBuyer {
  const [rate, leaves] = [gamma(r, alpha), beta(a, b)];
  const purchases = [0];
  let isAlive = true;
  for (let at = exponential(rate); isAlive && at <= age; at += exponential(rate)) {
    purchases.push(at);
    isAlive = uniform() >= leaves;
  }
  return { purchases, age, isAlive };
}

/** A customer of the Pareto/NBD model, who goes at any moment. */
export function paretoNbdBuyer({ exponential, gamma }: Draw, [r, alpha, s, beta]: readonly number[], age: number): SimulatedBuyer {
  const [rate, life] = [gamma(r, alpha), exponential(gamma(s, beta))];
  const purchases = [0];
  for (let at = exponential(rate); at <= Math.min(age, life); at += exponential(rate)) purchases.push(at);
  return { purchases, age, isAlive: life > age };
}
