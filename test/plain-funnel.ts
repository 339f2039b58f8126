/** A fact with the steps it can be. */
export interface PlainFact {
  at: number;
  steps: number[];
}

export interface PlainRunShape {
  steps: number;
  windowMs: number;
  windowOf: 'whole' | 'each';
  order: 'loose' | 'strict';
  fromMs: number;
  untilMs: number;
}

/** Every run there is, by trying all: chains of facts, each strictly later than the one before. */
function allRuns(facts: PlainFact[], shape: PlainRunShape): number[][] {
  const found: number[][] = [];
  const extend = (run: number[]): void => {
    found.push(run);
    if (run.length === shape.steps) return;
    const [first, last] = [facts[run[0]].at, facts[run[run.length - 1]].at];
    facts.forEach(({ at, steps }, place) => {
      if (at <= last || !steps.includes(run.length)) return;
      if (at - (shape.windowOf === 'whole' ? first : last) > shape.windowMs) return;
      const between = facts.some(
        (other) => other.at > last && other.at < at && other.steps.length > 0,
      );
      if (shape.order === 'strict' && between) return;
      extend([...run, place]);
    });
  };
  facts.forEach(({ at, steps }, place) => {
    if (steps.includes(0) && at >= shape.fromMs && at < shape.untilMs) extend([place]);
  });
  return found;
}

/** The moments of the run that gets furthest: of several the one that is there first, and then the one whose steps are latest. */
export function plainRun(facts: PlainFact[], shape: PlainRunShape): number[] {
  const runs = allRuns(facts, shape).map((run) => run.map((place) => facts[place].at));
  const level = Math.max(0, ...runs.map((run) => run.length));
  const furthest = runs.filter((run) => run.length === level);
  const before = (a: number[], b: number[]): number => {
    if (a[level - 1] !== b[level - 1]) return a[level - 1] - b[level - 1];
    for (let step = level - 2; step >= 0; step--) if (a[step] !== b[step]) return b[step] - a[step];
    return 0;
  };
  return furthest.sort(before)[0] ?? [];
}
