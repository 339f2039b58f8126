import { createBackground } from '../../customers/public.ts';
import { heldBitmaps } from '../../messaging/public.ts';
import type { CampaignsDoors, CampaignsPart } from '../part.ts';
import { addDemoCampaigns } from '../demo/demo.ts';
import { decideTests } from './decide-tests.ts';
import { keepUniversalEffect } from './effect/universal-effect.ts';
import { keepResults } from './programs.ts';
import { resultRoutes } from './routes.ts';

/** What campaigns came to. */
export interface Results extends CampaignsPart {
  /** Decides tests of contents that can be decided; returns how many there were. */
  decideTests(): Promise<number>;
  /** Works out what all programs together bring, where that was not done lately; returns how many periods. */
  keepUniversalEffect(): Promise<number>;
}

const lookMs = 600_000;
/** Whether there is a campaign whose result was never kept is a look at a short list; what is worked out stays for hours. */
const resultsMs = 60_000;

export function createResults(doors: CampaignsDoors): Results {
  const decide = (): Promise<number> => decideTests(doors);
  const effect = (): Promise<number> => keepUniversalEffect(doors);
  const background = [
    createBackground('tests of campaigns', decide, lookMs, doors.platform.log),
    createBackground('results of campaigns', () => keepResults(doors), resultsMs, doors.platform.log),
    createBackground('what all programs bring', effect, lookMs, doors.platform.log),
  ];
  return {
    routes: resultRoutes(doors),
    heldData: [heldBitmaps(doors.platform.pg, 'campaign_segment', ['campaign_no', 'segment'])],
    demo: addDemoCampaigns(doors),
    decideTests: decide,
    keepUniversalEffect: effect,
    start: () => background.forEach((each) => each.start()),
    stop: async () => void (await Promise.all(background.map((each) => each.stop()))),
  };
}
