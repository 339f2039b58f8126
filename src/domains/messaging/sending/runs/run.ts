import type pg from 'pg';
import { z } from 'zod';
import type { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../../../../kernel/bitmap/portable-read.ts';
import type { GatedRun } from '../../part.ts';

export const runStates = ['waiting', 'running', 'paused', 'done', 'cancelled'] as const;
export type RunState = (typeof runStates)[number];

const armsSchema = z.array(z.object({
  key: z.string(), isControl: z.boolean(), templateNo: z.number().int().nullable(), templateVersion: z.number().int().nullable(),
})).min(1);
export type RunArm = z.output<typeof armsSchema>[number];

/** A run as it was begun, and where it stands. */
export interface Run extends GatedRun {
  step: string;
  occasion: string;
  arms: RunArm[];
  state: RunState;
  sendFrom: Date;
  perMinute: number | null;
  finishedAt: Date | null;
  /** Why it stands still though nobody paused it. */
  trouble: string | null;
}

type Connection = pg.Pool | pg.ClientBase;

const columns = `run_no as "runNo", occasion_on::text as "occasionOn", program_kind as "programKind", program_no as "programNo", step, occasion, channel, purpose, category,
  expected_value as "expectedValue", arms, state, send_from as "sendFrom", send_until as "sendUntil", per_minute as "perMinute", finished_at as "finishedAt", trouble`;

const asRun = (row: Run): Run => ({ ...row, arms: armsSchema.parse(row.arms) });

/** Runs by their numbers, those there are. */
export async function readRuns(connection: Connection, runNos: readonly number[]): Promise<Run[]> {
  const { rows } = await connection.query<Run>(`select ${columns} from send_run where run_no = any($1::int[]) order by run_no`, [runNos]);
  return rows.map(asRun);
}

/** Runs that somebody has to do something for: that are due, that go on, and those cancelled whose rest is not closed. */
export async function readOpenRuns(connection: Connection, now: Date): Promise<Run[]> {
  const { rows } = await connection.query<Run>(
    `select ${columns} from send_run where finished_at is null and (state = 'cancelled' or (state in ('waiting', 'running') and send_from <= $1)) order by run_no`, [now]);
  return rows.map(asRun);
}

/** Whom each arm means, and up to which number it was decided. */
export interface ArmPeople {
  people: Bitmap;
  decidedTo: number;
}

export async function readPeople(connection: Connection, runNo: number): Promise<ArmPeople[]> {
  const { rows } = await connection.query<{ people: Buffer; decidedTo: number }>(
    'select people, decided_to as "decidedTo" from send_run_people where run_no = $1 order by arm', [runNo]);
  return rows.map(({ people, decidedTo }) => ({ people: decodeBitmap(people), decidedTo }));
}
