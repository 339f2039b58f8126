import { createBackground } from '../../customers/public.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { createStandingCopies } from './standing/copy-standing.ts';
import { standingFields } from './standing/fields.ts';

/** Between two looks at whether anything changed for members. */
const lookMs = 10_000;

/** Members as reports and rules of audiences see them. */
export function createMemberReports(doors: MembershipDoors): MembershipPart {
  const copies = createBackground('standings of members', createStandingCopies(doors), lookMs, doors.platform.log);
  return { routes: [], fields: standingFields, start: copies.start, stop: copies.stop };
}
