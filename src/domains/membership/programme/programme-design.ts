import type { MembershipDoors, MembershipPart } from '../part.ts';
import { createSurroundings } from './check/known.ts';
import { addDemoProgramme } from './ready-made/demo.ts';
import { programmeDesignRoutes, programmeReadingRoutes } from './routes.ts';

/** How a programme is designed, published and told. */
export function createProgrammeDesign({ platform, say, commerce }: MembershipDoors): MembershipPart {
  const doors = { platform, say, surroundings: createSurroundings(platform.pg, commerce) };
  return { routes: [...programmeReadingRoutes(doors), ...programmeDesignRoutes(doors)], demo: addDemoProgramme };
}
