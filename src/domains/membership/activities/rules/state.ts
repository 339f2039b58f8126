import type { ActivityDefinition, ActivityState } from '../../contract/activities.ts';

/** What somebody decided about an activity. */
export const decidedStates = ['draft', 'published', 'paused', 'ended'] as const;
export type DecidedState = (typeof decidedStates)[number];

/** What it is at a moment, by what was decided and by its times. */
export function stateAt(decided: DecidedState, { startsAt, endsAt }: Pick<ActivityDefinition, 'startsAt' | 'endsAt'>, now: Date): ActivityState {
  if (decided === 'draft' || decided === 'ended') return decided;
  if (endsAt !== null && now.getTime() >= Date.parse(endsAt)) return 'ended';
  if (decided === 'paused') return 'paused';
  return now.getTime() < Date.parse(startsAt) ? 'scheduled' : 'running';
}

export type Turn = 'publish' | 'pause' | 'resume' | 'end';
/** From which states each turn can be made, and to what it leads. */
export const turns: Record<Turn, { from: readonly ActivityState[]; to: DecidedState }> = {
  publish: { from: ['draft'], to: 'published' },
  pause: { from: ['running', 'scheduled'], to: 'paused' },
  resume: { from: ['paused'], to: 'published' },
  end: { from: ['running', 'paused', 'scheduled'], to: 'ended' },
};
