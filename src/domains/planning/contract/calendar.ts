import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { copy } from './mailings.ts';
import { projectParams } from './projects.ts';

export const readCalendarFeed = endpoint({
  method: 'GET', path: '/api/planning/calendar-feed', summary: 'Whether the reader’s calendar has a secret address', access: 'planning.read',
  reply: z.object({ createdAt: z.iso.datetime().nullable(), lastReadAt: z.iso.datetime().nullable() }),
});
export const makeCalendarFeed = endpoint({
  method: 'POST', path: '/api/planning/calendar-feed', summary: 'Makes a secret address of the reader’s calendar, told this once; the one before ends', access: 'planning.read', reply: z.object({ path: z.string() }), status: 201,
});
export const endCalendarFeed = endpoint({
  method: 'DELETE', path: '/api/planning/calendar-feed', summary: 'Ends the secret address of the reader’s calendar', access: 'planning.read', reply: z.object({ isEnded: z.literal(true) }),
});
export const openCalendarFeed = endpoint({
  method: 'GET', path: '/calendar/:token', summary: 'Somebody’s tasks and meetings as iCalendar (RFC 5545), by a secret address', access: 'public', params: z.object({ token: z.string().max(100) }), reply: z.string(), raw: true,
});

const invitations = z.object({
  /** Nobody was invited yet; everybody knows it as it is; it is another since; it was called off and nobody told. */
  state: z.enum(['none', 'told', 'changed']),
  sequence: z.number().int().nullable(),
  at: z.iso.datetime().nullable(),
  by: z.string().nullable(),
  /** Whoever has neither an account nor an address. */
  unreachable: z.array(z.string()),
  copies: z.array(copy),
});
export type Invitations = z.output<typeof invitations>;

export const readInvitations = endpoint({
  method: 'GET', path: '/api/plans/:planNo/meetings/:itemNo/invitations', summary: 'Who was invited to a meeting, and whether they know it as it is', access: 'planning.read', params: projectParams, reply: invitations,
});
export const sendInvitations = endpoint({
  method: 'POST', path: '/api/plans/:planNo/meetings/:itemNo/invitations', summary: 'Invites to a meeting by mail, tells those invited what changed, or calls it off', access: 'planning.edit', params: projectParams, reply: invitations, status: 202,
});
