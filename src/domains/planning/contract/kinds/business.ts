import { z } from 'zod';
import { registryName } from '../../../insights/contract.ts';
import { lanes } from './programs.ts';

/** What a core business is, lane by lane. */
export const businessKinds = {
  /** What a team does in a lane, and by which metric of the registry it is known to work. Once for each lane. */
  lane_plan: { parents: ['plan'], body: z.object({ lane: z.enum(lanes), text: z.string().trim().min(1).max(1_000), metric: registryName.nullable().default(null) }) },
} as const;
