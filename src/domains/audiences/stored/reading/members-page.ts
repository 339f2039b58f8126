import type { z } from 'zod';
import type { Day } from '../../../../kernel/day.ts';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { readRows, type Vault } from '../../../customers/public.ts';
import type { listMembers } from '../../contract/audiences.ts';
import type { Memberships } from '../membership/memberships.ts';

/** One page of the members of an audience by their numbers, now or at the end of a past day. */
export async function membersPage(platform: Platform, vault: Vault, memberships: Memberships, audienceId: number, { page, pageSize, on }: z.output<NonNullable<typeof listMembers.query>>): Promise<EndpointReply<typeof listMembers>> {
  const computedAt = platform.clock.now().toISOString();
  const day: Day | null = on ?? null;
  const members = await memberships.members(audienceId, day);
  const rows = await readRows(platform, vault, [...members.slice((page - 1) * pageSize, pageSize)]);
  return { rows, total: members.size, on: day, computedAt };
}
