import type { FrequencyCap } from '../../contract/gate-rules.ts';
import type { RivalRun } from './claim.ts';

const hourMs = 3_600_000;

/** How long a cap remembers. A day is 24 hours: the window rolls on with the moment, whatever the calendar does. */
export const windowMs = ({ per }: FrequencyCap): number => per.count * (per.unit === 'day' ? 24 * hourMs : hourMs);

/** Whether a message of a run counts for a cap. Messages of service neither wait for a cap nor fill it. */
export const counts = (cap: FrequencyCap, run: Pick<RivalRun, 'purpose' | 'channel' | 'category' | 'programKind'>): boolean =>
  run.purpose === 'marketing' && run.programKind !== 'test'
  && (cap.channel === null || cap.channel === run.channel) && (cap.category === null || cap.category === run.category);
