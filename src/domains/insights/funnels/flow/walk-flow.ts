import type { HistoryDoors, HistoryRows } from '../../histories/question.ts';
import { eachPerson } from '../../histories/read-people.ts';
import { PersonFacts } from '../person-facts.ts';
import { type FlowFigures, type FlowShape, FlowTally, type FlowWanted } from './tally-flow.ts';

/** What the thread is asked about paths. */
export interface FlowQuestion {
  kind: 'flow';
  /** Moment, marks (none), order and kind. */
  rows: HistoryRows;
  shape: FlowShape;
  wanted: FlowWanted | null;
}

/** Goes through everybody's facts once. */
export async function walkFlow({ rows, shape, wanted }: FlowQuestion, doors: HistoryDoors): Promise<FlowFigures> {
  const tally = new FlowTally(shape, wanted);
  const person = new PersonFacts();
  await eachPerson({ blocks: doors.blocks(rows), widths: [8, 4, 8, 1], merged: await doors.merged(), orderedBy: 0 }, (no, columns, from, until) => {
    person.takeIn(columns, from, until);
    tally.add(no, person);
  });
  return tally.figures;
}
