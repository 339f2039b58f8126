import type { Day } from '../../../../kernel/day.ts';
import { stageKeys } from '../../contract.ts';
import type { PlanItem } from '../frame/use-items.tsx';

export type PositionItem = PlanItem<'position'>;
export type DutyItem = PlanItem<'duty'>;
export type AssignmentItem = PlanItem<'assignment'>;
export type ResponsibilityItem = PlanItem<'responsibility'>;

/** A position on the chart of a day, with those that report to it. */
export interface ChartNode {
  position: PositionItem;
  below: ChartNode[];
}

const holdsOn = (from: Day, to: Day | null, day: Day): boolean => from <= day && (to === null || day <= to);
export const isThere = ({ body: { opens, closes } }: PositionItem, day: Day): boolean => holdsOn(opens, closes, day);

/** The chart of a day: whoever reports to a position that is not there then reports to the next above it that is. */
export function chartAt(positions: readonly PositionItem[], day: Day): ChartNode[] {
  const known = new Map(positions.map((position) => [position.itemNo, position]));
  const nodes = new Map(positions.filter((position) => isThere(position, day)).map((position): [number, ChartNode] => [position.itemNo, { position, below: [] }]));
  const roots: ChartNode[] = [];
  for (const node of nodes.values()) {
    let head = node.position.body.reportsToNo;
    for (let steps = 0; head !== null && !nodes.has(head) && steps < positions.length; steps++) head = known.get(head)?.body.reportsToNo ?? null;
    const above = head === null ? undefined : nodes.get(head);
    if (above && above !== node) above.below.push(node);
    else roots.push(node);
  }
  return roots;
}

/** Who fills a position on a day. */
export const fillersOn = (assignments: readonly AssignmentItem[], positionNo: number, day: Day): AssignmentItem[] =>
  assignments.filter(({ parentNo, body: { from, to } }) => parentNo === positionNo && holdsOn(from, to, day));

/** Duties that are to be done by then: those of a stage that is still to come lack nobody yet. */
export function dutiesBy(duties: readonly DutyItem[], stages: readonly PlanItem<'stage'>[], day: Day): DutyItem[] {
  const begins = new Map(stages.map(({ body: { stage, from } }) => [stage, from]));
  return duties.filter(({ body: { stage } }) => (begins.get(stage) ?? day) <= day);
}

/** What is wrong with who does a duty: nobody does it, nobody answers for it, or several do. */
export type DutyGap = 'nobody' | 'noAnswer' | 'manyAnswer';

/** Duties that nobody has and that several have, by the positions of a day; parts of positions that are not there do not count. */
export function dutyGaps(duties: readonly DutyItem[], parts: readonly ResponsibilityItem[], there: ReadonlySet<number>): Map<number, DutyGap> {
  const gaps = new Map<number, DutyGap>();
  for (const { itemNo } of duties) {
    const own = parts.filter(({ parentNo, body: { positionNo } }) => parentNo === itemNo && there.has(positionNo));
    const answering = own.filter(({ body: { letter } }) => letter === 'A').length;
    if (!own.some(({ body: { letter } }) => letter === 'R' || letter === 'A')) gaps.set(itemNo, 'nobody');
    else if (answering === 0) gaps.set(itemNo, 'noAnswer');
    else if (answering > 1) gaps.set(itemNo, 'manyAnswer');
  }
  return gaps;
}

export const inStageOrder = (a: DutyItem, b: DutyItem): number => stageKeys.indexOf(a.body.stage) - stageKeys.indexOf(b.body.stage);
