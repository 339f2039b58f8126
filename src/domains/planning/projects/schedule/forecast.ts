import { addDays, type Day, daysBetween } from '../../../../kernel/day.ts';

/** Something to be done, as the reckoning sees it. A milestone has its due day as both of its days. */
export interface Work {
  itemNo: number;
  isMilestone: boolean;
  /** What ends together: the last of a group decides how much time its others have. */
  group: number | null;
  from: Day | null;
  to: Day | null;
  doneOn: Day | null;
  isBegun: boolean;
  isDropped: boolean;
  dependsOn: readonly number[];
}

/** When something will be done, as things stand. */
export interface Forecast {
  starts: Day | null;
  ends: Day | null;
  /** Days after the day it is due; less than zero is early. */
  lateDays: number;
  /** Nothing can be lost on it without its group ending later. */
  isCritical: boolean;
}

interface Node {
  work: Work;
  plannedEnd: number;
  length: number;
  starts: number;
  ends: number;
  latestEnd: number;
  after: Node[];
}

const epoch = '2000-01-01';

/** Days as numbers and back, each worked out once: ten thousand tasks stand on some hundred days. */
class Days {
  readonly #numbers = new Map<Day, number>();
  readonly #days = new Map<number, Day>();

  numberOf(day: Day): number {
    let known = this.#numbers.get(day);
    if (known === undefined) this.#numbers.set(day, (known = daysBetween(epoch, day)));
    return known;
  }

  dayOf(number: number): Day {
    let known = this.#days.get(number);
    if (known === undefined) this.#days.set(number, (known = addDays(epoch, number)));
    return known;
  }
}

/**
 * Carries lateness along what depends on it, and finds what may not be late: the critical path method (Kelley and Walker 1959) over
 * calendar days, where a planned day is the earliest and what is not begun cannot begin before today. What has no days carries nothing.
 */
export function forecast(works: readonly Work[], today: Day): Map<number, Forecast> {
  const days = new Days();
  const now = days.numberOf(today);
  const nodes = inOrder(works, days);
  for (const node of nodes) endOf(node, now, days);
  const groupEnds = new Map<number | null, number>();
  for (const { work, ends } of nodes) groupEnds.set(work.group, Math.max(groupEnds.get(work.group) ?? ends, ends));
  for (const node of nodes.toReversed()) {
    const until = node.after.filter(({ work }) => work.doneOn === null).map((next) => next.latestEnd - next.length + (next.work.isMilestone ? 1 : 0));
    node.latestEnd = until.reduce((least, each) => Math.min(least, each), groupEnds.get(node.work.group) ?? node.ends);
  }
  const found = new Map<number, Forecast>(works.map(({ itemNo }) => [itemNo, { starts: null, ends: null, lateDays: 0, isCritical: false }]));
  for (const { work, starts, ends, plannedEnd, latestEnd } of nodes) {
    found.set(work.itemNo, { starts: days.dayOf(starts), ends: days.dayOf(ends), lateDays: ends - plannedEnd, isCritical: work.doneOn === null && latestEnd <= ends });
  }
  return found;
}

/** What has days and is not dropped, each behind everything it waits for (Kahn 1962). */
function inOrder(works: readonly Work[], days: Days): Node[] {
  const nodes = new Map(works.flatMap((work): [number, Node][] => {
    const [from, to] = [work.from ?? work.to, work.to ?? work.from];
    if (from === null || to === null || work.isDropped) return [];
    return [[work.itemNo, { work, plannedEnd: days.numberOf(to), length: days.numberOf(to) - days.numberOf(from) + 1, starts: days.numberOf(from), ends: days.numberOf(to), latestEnd: 0, after: [] }]];
  }));
  const waitsFor = new Map<Node, number>();
  for (const node of nodes.values()) {
    const before = [...new Set(node.work.dependsOn)].flatMap((itemNo) => nodes.get(itemNo) ?? []);
    waitsFor.set(node, before.length);
    for (const each of before) each.after.push(node);
  }
  const ordered = [...nodes.values()].filter((node) => waitsFor.get(node) === 0);
  for (const node of ordered) {
    for (const next of node.after) {
      const left = (waitsFor.get(next) ?? 0) - 1;
      waitsFor.set(next, left);
      if (left === 0) ordered.push(next);
    }
  }
  return ordered;
}

/** Decides when a node starts and ends, and pushes what comes after it. */
function endOf(node: Node, now: number, days: Days): void {
  const { work: { doneOn, isMilestone, isBegun }, length } = node;
  if (doneOn !== null) {
    node.ends = days.numberOf(doneOn);
    node.starts = isMilestone ? node.ends : Math.min(node.starts, node.ends);
  } else if (isBegun && !isMilestone) node.ends = Math.max(node.plannedEnd, now);
  else {
    node.starts = Math.max(node.starts, now);
    node.ends = node.starts + length - 1;
  }
  for (const next of node.after) {
    if (next.work.doneOn !== null || (next.work.isBegun && !next.work.isMilestone)) continue;
    next.starts = Math.max(next.starts, node.ends + (next.work.isMilestone ? 0 : 1));
  }
}
