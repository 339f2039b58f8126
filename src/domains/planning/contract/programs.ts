import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { program } from '../../../kernel/program.ts';

export const listPrograms = endpoint({
  method: 'GET', path: '/api/plan-programs', summary: 'Campaigns, activities, benefits and the programme itself: their state, cost and measured effect, those that run first', access: 'planning.read',
  reply: z.object({ programs: z.array(program), computedAt: z.iso.datetime() }),
});
