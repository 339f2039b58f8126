import { addDays, type Day, dayIn } from '../../../kernel/day.ts';
import type { Platform } from '../../../platform/platform.ts';
import { alone } from '../../../platform/postgres/pool.ts';
import { readBrand } from '../../../platform/settings.ts';

/** One step of closing a day: worked off in pieces, each of which is whole in itself and may be done twice. */
export interface DayStep {
  name: string;
  /** Does a piece from a position on; `position` is null when nothing is left to do. */
  work(day: Day, position: number): Promise<{ position: number | null; worked: number }>;
}

/** The boundary between two days of the brand's time zone. */
export interface DayBoundary {
  /** Closes every day that began and was not closed yet, in their order, each step after the other; returns how many. */
  run(): Promise<number>;
}

const nothing: DayStep = { name: '', work: async () => ({ position: null, worked: 0 }) };

/** Any number that nothing else locks by. */
const lockNumber = 5_261_001;

/**
 * What was done is kept for each day and step, with the position a step had come to: whenever the process dies, the next run goes on from there and
 * comes to the same. A clock that is put back finds nothing to do; one that leaps has the days between closed one by one.
 */
export function createDayBoundary({ pg: pool, clock }: Pick<Platform, 'pg' | 'clock'>, steps: readonly DayStep[]): DayBoundary {
  async function closeDay(day: Day): Promise<void> {
    await pool.query(
      `insert into day_boundary (day, step, name, began_at) select $1, s.step, s.name, $3 from unnest($2::text[]) with ordinality as s (name, step) on conflict do nothing`,
      [day, steps.map(({ name }) => name), clock.now()]);
    const { rows: open } = await pool.query<{ step: number; name: string; position: number }>('select step, name, position from day_boundary where day = $1 and ended_at is null order by step', [day]);
    // A day that a program before this one began may have a step that there is no more.
    for (const { step, name, position } of open) await runStep(day, step, steps.find((each) => each.name === name) ?? nothing, position);
  }

  async function runStep(day: Day, step: number, { work }: DayStep, from: number): Promise<void> {
    for (let position: number | null = from; position !== null; ) {
      const piece: Awaited<ReturnType<DayStep['work']>> = await work(day, position);
      position = piece.position;
      await pool.query('update day_boundary set position = coalesce($3, position), worked = worked + $4, ended_at = $5 where day = $1 and step = $2', [day, step, position, piece.worked, position === null ? clock.now() : null]);
    }
  }

  return {
    run: () => alone(pool, lockNumber, async () => {
      const { timeZone } = await readBrand(pool);
      const today = dayIn(timeZone, clock.now());
      const { rows: [{ open, last }] } = await pool.query<{ open: Day | null; last: Day | null }>(
        "select to_char(min(day) filter (where ended_at is null), 'YYYY-MM-DD') as open, to_char(max(day), 'YYYY-MM-DD') as last from day_boundary");
      let closed = 0;
      for (let day = open ?? (last === null ? today : addDays(last, 1)); day <= today; day = addDays(day, 1)) {
        await closeDay(day);
        closed++;
      }
      return closed;
    }, 0),
  };
}
