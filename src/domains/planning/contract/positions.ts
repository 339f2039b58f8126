import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';
import { documentFormats } from './document.ts';
import { planParams } from './plans.ts';

export const readStaffing = endpoint({
  method: 'GET', path: '/api/plans/:planNo/staffing', summary: 'Heads of a plan month by month, how many are filled, and what they cost for who may see it', access: 'planning.read', params: planParams,
  reply: z.object({
    months: z.array(z.object({
      month: daySchema,
      /** Heads of positions, and people who fill them, by days: one who is there for half of the month at 60 % is 0.3. */
      heads: z.string(), filled: z.string(),
      /** What the heads cost, and what those who fill them cost, by days too, in the brand's currency; null without the permission `planning.people`. */
      cost: z.string().nullable(), filledCost: z.string().nullable(),
      /** Positions of the month that nothing is said of what they cost. */
      unpriced: z.number().int(),
    })),
  }),
});
export const listPositionRoles = endpoint({
  method: 'GET', path: '/api/planning/roles', summary: 'Roles that a position can carry, and whether the reader may give them', access: 'planning.read',
  reply: z.object({ roles: z.array(z.object({ roleId: z.number().int(), key: z.string().nullable(), name: z.string().nullable(), isGrantable: z.boolean() })) }),
});
export const exportJobs = endpoint({
  method: 'GET', path: '/api/plans/:planNo/positions/file', summary: 'Job descriptions as a file for Word, as a PDF, or as one page of HTML: of one position, or of all', access: 'planning.read', params: planParams,
  /** The language they are written in is that of the request unless said. */
  query: z.object({ format: z.enum(documentFormats).default('docx'), locale: z.enum(locales).optional(), position: z.coerce.number().int().min(1).max(2_147_483_647).optional() }), reply: z.string(), raw: true,
});
