/** A table of two by two: all, in the first kind, in the second, in both. */
interface Table {
  base: number;
  withAntecedent: number;
  withConsequent: number;
  withBoth: number;
}

/**
 * Fisher's exact test, one-sided (Fisher 1935, "The Design of Experiments"): how probable it is that as many or more
 * have both when the two kinds are independent, P(X >= k) of the hypergeometric distribution
 * C(a, k) C(n - a, b - k) / C(n, b). The nearer tail is summed from its largest term on, each out of the one before it.
 */
export function moreThanByChance({ base, withAntecedent, withConsequent, withBoth }: Table): number {
  const isRare = withBoth * base > withAntecedent * withConsequent;
  const first = isRare ? withBoth : withBoth - 1;
  const lowest = Math.max(0, withAntecedent + withConsequent - base);
  if (first < lowest) return 1;
  const largest = Math.exp(logProbability(base, withAntecedent, withConsequent, first));
  let sum = 0;
  let term = 1;
  for (let k = first; term > sum * Number.EPSILON; k += isRare ? 1 : -1) {
    sum += term;
    const others = base - withAntecedent - withConsequent + k;
    term *= isRare
      ? ((withAntecedent - k) * (withConsequent - k)) / ((k + 1) * (others + 1))
      : (k * others) / ((withAntecedent - k + 1) * (withConsequent - k + 1));
  }
  return Math.min(1, isRare ? largest * sum : 1 - largest * sum);
}

function logProbability(base: number, withAntecedent: number, withConsequent: number, k: number): number {
  const choose = (of: number, some: number): number => logFactorial(of) - logFactorial(some) - logFactorial(of - some);
  return choose(withAntecedent, k) + choose(base - withAntecedent, withConsequent - k) - choose(base, withConsequent);
}

const exactly = 256;
const small = new Float64Array(exactly);
for (let n = 2; n < exactly; n++) small[n] = small[n - 1] + Math.log(n);

/** log n!, by Stirling's series where a table of sums would be long: its error is below 1e-14 from 256 on. */
function logFactorial(n: number): number {
  if (n < exactly) return small[n];
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * n) - 1 / (360 * n ** 3);
}
