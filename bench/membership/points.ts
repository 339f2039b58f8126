import type { MembershipSize } from '../membership.ts';
import { run } from '../points.ts';

/** Points earned and redeemed by 64 at once, beside the same rows written by hand in the same run. Accounts come to be as they are used. */
export const measure = ({ members }: MembershipSize) => run({ customers: members });
