import { decodeBitmap } from '../../../kernel/bitmap/portable-read.ts';
import type { HistoryDoors, HistoryRows } from '../histories/question.ts';
import { type ColumnWidth, eachPerson, wholeAt } from '../histories/read-people.ts';
import { type FunnelFigures, FunnelTally, type NextWanted, type StepWanted } from './tally-funnel.ts';
import type { RunShape } from './find-run.ts';
import { PersonFacts } from './person-facts.ts';

/** What people are divided by: what their first step says, sets that they are in, or whether they had ordered before. */
export type FunnelGroups =
  | { by: 'mark'; count: number }
  | { by: 'sets'; sets: Uint8Array[] }
  | { by: 'newness'; firstOrders: HistoryRows }
  | null;

/** What the thread is asked about a funnel. */
export interface FunnelQuestion {
  kind: 'funnel';
  /** Moment, marks, order (0 for what is none) and, where next facts are wanted, the kind of the fact. */
  rows: HistoryRows;
  shape: RunShape;
  groups: FunnelGroups;
  /** First moments of the periods of the trend. */
  buckets: number[];
  /** Until when facts are known. */
  nowMs: number;
  wanted: StepWanted | null;
  next: NextWanted | null;
}

/** Goes through everybody's facts once. */
export async function walkFunnel(question: FunnelQuestion, doors: HistoryDoors): Promise<FunnelFigures> {
  const { rows, groups, next } = question;
  const tally = new FunnelTally({ ...question, groups: groupCount(groups) });
  const groupOf = await createGroupOf(groups, doors);
  const widths: ColumnWidth[] = next ? [8, 4, 8, 1] : [8, 4, 8];
  const person = new PersonFacts();
  await eachPerson({ blocks: doors.blocks(rows), widths, merged: await doors.merged(), orderedBy: 0 }, (no, columns, from, until) => {
    person.takeIn(columns, from, until);
    tally.add(no, person, (place) => groupOf(no, person, place));
  });
  return tally.figures();
}

const groupCount = (groups: FunnelGroups): number => {
  if (!groups) return 1;
  return groups.by === 'mark' ? groups.count + 1 : groups.by === 'sets' ? groups.sets.length + 1 : 2;
};

type GroupOf = (no: number, person: PersonFacts, place: number) => number;

async function createGroupOf(groups: FunnelGroups, doors: HistoryDoors): Promise<GroupOf> {
  if (!groups) return () => 0;
  if (groups.by === 'mark') return (_no, { codes }, place) => codes[place];
  if (groups.by === 'sets') {
    const sets = groups.sets.map(decodeBitmap);
    return (no) => sets.findIndex((set) => set.has(no)) + 1;
  }
  const firstAt = await readMoments(groups.firstOrders, doors);
  return (no, { at }, place) => (no < firstAt.length && firstAt[no] < at[place] ? 1 : 0);
}

/** When each customer first ordered, by number; infinitely late for who did not. */
async function readMoments(rows: HistoryRows, doors: HistoryDoors): Promise<Float64Array> {
  let moments = new Float64Array(1024).fill(Infinity);
  for await (const { rowCount, columns } of doors.blocks(rows)) {
    const numbers = new Uint32Array(columns[0].buffer);
    const times = new Uint32Array(columns[1].buffer);
    for (let row = 0; row < rowCount; row++) {
      const no = numbers[row];
      if (no >= moments.length) {
        const larger = new Float64Array(2 ** Math.ceil(Math.log2(no + 1))).fill(Infinity);
        larger.set(moments);
        moments = larger;
      }
      moments[no] = wholeAt(times, row);
    }
  }
  return moments;
}
