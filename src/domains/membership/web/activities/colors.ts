import type { ActivityKind, ActivityState } from '../../contract.ts';

export const kindColors: Record<ActivityKind, string> = { joining: 'cyan', member_day: 'gold', double_points: 'orange', lottery: 'magenta', exchange: 'purple', sign_in: 'green', task: 'blue' };
export const stateColors: Record<ActivityState, string> = { draft: 'default', scheduled: 'processing', running: 'success', paused: 'warning', ended: 'default' };
