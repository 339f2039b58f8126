import type { HistoryDoors, HistoryRows } from '../histories/question.ts';
import { type ColumnWidth, eachPerson } from '../histories/read-people.ts';
import { type CohortCalendar, type CohortFigures, CohortTally, type WantedCell } from './tally-cohorts.ts';

/** What the thread is asked about cohorts. */
export interface CohortQuestion {
  kind: 'cohorts';
  rows: HistoryRows & { widths: ColumnWidth[] };
  calendar: CohortCalendar;
  /** The cell whose people are wanted, if any are. */
  wanted: WantedCell | null;
}

/** Goes through everybody's lines once. */
export async function walkCohorts({ rows, calendar, wanted }: CohortQuestion, doors: HistoryDoors): Promise<CohortFigures> {
  const tally = new CohortTally(calendar, wanted);
  await eachPerson({ blocks: doors.blocks(rows), widths: rows.widths, merged: await doors.merged() }, tally.add);
  return tally.figures;
}
