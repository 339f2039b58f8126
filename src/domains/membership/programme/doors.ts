import type { MembershipDoors } from '../part.ts';
import type { Surroundings } from './check/known.ts';

/** What the design of the programme is made with. */
export interface DesignDoors extends Pick<MembershipDoors, 'platform' | 'say'> {
  surroundings: Surroundings;
}
