import type { CampaignsDoors, CampaignsPart } from '../part.ts';
import { planRoutes } from './routes.ts';

/** What campaigns there are, and when they go. */
export const createPlans = (doors: CampaignsDoors): CampaignsPart => ({ routes: planRoutes(doors) });
