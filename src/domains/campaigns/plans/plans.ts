import { createBackground } from '../../customers/public.ts';
import type { CampaignsDoors, CampaignsPart } from '../part.ts';
import { planRoutes } from './routes.ts';
import { beginDue } from './run/begin-due.ts';

/** What campaigns there are, and when they go. */
export interface Plans extends CampaignsPart {
  /** Begins what is due, and ends what is over; returns how many there were. */
  beginDue(): Promise<number>;
}

const lookMs = 1_000;

export function createPlans(doors: CampaignsDoors): Plans {
  const begin = (): Promise<number> => beginDue(doors);
  const beginning = createBackground('campaigns that are due', begin, lookMs, doors.platform.log);
  return { routes: planRoutes(doors), beginDue: begin, start: beginning.start, stop: beginning.stop };
}
