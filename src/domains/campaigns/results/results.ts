import { createBackground } from '../../customers/public.ts';
import { heldBitmaps } from '../../messaging/public.ts';
import type { CampaignsDoors, CampaignsPart } from '../part.ts';
import { addDemoCampaigns } from '../demo/demo.ts';
import { decideTests } from './decide-tests.ts';
import { keepResults } from './programs.ts';
import { resultRoutes } from './routes.ts';

/** What campaigns came to. */
export interface Results extends CampaignsPart {
  /** Decides tests of contents that can be decided; returns how many there were. */
  decideTests(): Promise<number>;
}

const lookMs = 600_000;

export function createResults(doors: CampaignsDoors): Results {
  const decide = (): Promise<number> => decideTests(doors);
  const keeping = createBackground('results of campaigns', () => keepResults(doors), lookMs, doors.platform.log);
  const deciding = createBackground('tests of campaigns', decide, lookMs, doors.platform.log);
  return {
    routes: resultRoutes(doors),
    heldData: [heldBitmaps(doors.platform.pg, 'campaign_segment', ['campaign_no', 'segment'])],
    demo: addDemoCampaigns(doors),
    decideTests: decide,
    start() {
      deciding.start();
      keeping.start();
    },
    stop: async () => void (await Promise.all([deciding.stop(), keeping.stop()])),
  };
}
