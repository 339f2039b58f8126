import type { Program } from '../../../../kernel/program.ts';
import { type ItemBody, type Lane, lanes } from '../../contract.ts';

export const laneGaps = ['not_told', 'no_metric', 'no_program'] as const;
export type LaneGap = (typeof laneGaps)[number];
export const programGaps = ['no_control', 'no_result'] as const;
export type ProgramGap = (typeof programGaps)[number];

export interface Gaps {
  lanes: Record<Lane, LaneGap[]>;
  /** By the key of the program. */
  programs: Map<string, ProgramGap>;
}

type Told = Pick<ItemBody<'lane_plan'>, 'lane' | 'metric'>;
type Placed = Pick<ItemBody<'program_place'>, 'lane' | 'program'>;
type Run = Pick<Program, 'key' | 'state' | 'hasControl' | 'lift'>;

/** What a core business lacks: in a lane something that is said, measured and run; of what runs now, proof that it does something. */
export function gapsOf(told: readonly Told[], placed: readonly Placed[], programs: readonly Run[]): Gaps {
  const known = new Set(programs.map(({ key }) => key));
  const ofLane = (lane: Lane): LaneGap[] => {
    const plan = told.find((each) => each.lane === lane);
    // A program that was deleted leaves its place behind: it does nothing for the lane.
    const isRun = placed.some((each) => each.lane === lane && known.has(each.program));
    return [...(plan ? [] : ['not_told' as const]), ...(plan?.metric ? [] : ['no_metric' as const]), ...(isRun ? [] : ['no_program' as const])];
  };
  return {
    lanes: Object.fromEntries(lanes.map((lane) => [lane, ofLane(lane)])) as Gaps['lanes'],
    programs: new Map(programs.filter(({ state, lift }) => state === 'running' && lift === null).map(({ key, hasControl }) => [key, hasControl ? 'no_result' : 'no_control'])),
  };
}
