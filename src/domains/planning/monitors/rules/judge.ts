import type { Day } from '../../../../kernel/day.ts';
import type { MonitorBound } from '../../contract/kinds/monitors.ts';
import type { MonitorState } from '../../contract/monitors.ts';
import type { Days } from '../../contract/periods.ts';

/** How a rule stands, and what was told of it. */
export interface Standing {
  state: MonitorState;
  since: Day;
  /** What everybody was told last; a rule begins as if it held. */
  told: Told;
  /** The last days of the periods for which each was told last. */
  crossedFor: Day | null;
  withinFor: Day | null;
}
export type Told = 'within' | 'crossed';

/** The figure of a whole period; null where there is none. */
export interface Measured extends Days {
  value: number | null;
}

export const isOutside = (bound: MonitorBound, value: number): boolean =>
  (bound.is !== 'at_most' && value < Number(bound.low)) || (bound.is !== 'at_least' && value > Number(bound.high));

/**
 * How a rule stands by the figures of whole periods, the newest first. It is crossed where so many known ones in a row are outside; without
 * the newest figure it is unknown, which is no news. `turn` is what is to be told: only what differs from what was told last, and for one
 * period each of both once, so that a figure that is corrected again and again raises no storm.
 */
export function judge(before: Standing | null, measured: readonly Measured[], { bound, times }: { bound: MonitorBound; times: number }): { standing: Standing; turn: Told | null } {
  const [newest] = measured;
  const { told = 'within', crossedFor = null, withinFor = null } = before ?? {};
  const state = newest.value === null ? 'unknown' : stateOf(bound, measured.flatMap(({ value }) => value ?? []).slice(0, times), times) ?? told;
  const since = before?.state === state ? before.since : runOf(bound, measured).to;
  const wasTold = state === 'crossed' ? crossedFor : withinFor;
  const turn = state === 'unknown' || state === told || wasTold === newest.to ? null : state;
  return {
    standing: { state, since, told: turn ?? told, crossedFor: turn === 'crossed' ? newest.to : crossedFor, withinFor: turn === 'within' ? newest.to : withinFor },
    turn,
  };
}

/** The oldest of those periods, back from the newest without a gap, that are on the same side of the bound as it. */
function runOf(bound: MonitorBound, measured: readonly Measured[]): Measured {
  const sideOf = ({ value }: Measured): boolean | null => (value === null ? null : isOutside(bound, value));
  const end = measured.findIndex((each) => sideOf(each) !== sideOf(measured[0]));
  return measured.at(end === -1 ? -1 : end - 1)!;
}

/** Null where the newest is outside, but not for long enough. */
function stateOf(bound: MonitorBound, newest: readonly number[], times: number): Told | null {
  if (!isOutside(bound, newest[0])) return 'within';
  return newest.length === times && newest.every((value) => isOutside(bound, value)) ? 'crossed' : null;
}
