import type { MembershipDoors, MembershipPart } from '../part.ts';
import { addDemoProgramme } from './ready-made/demo.ts';

/** How a programme is designed, published and told. */
export function createProgrammeDesign(_doors: MembershipDoors): MembershipPart {
  return { routes: [], demo: addDemoProgramme };
}
