import { z } from 'zod';
import { daySchema } from '../../../kernel/day.ts';
import { endpoint } from '../../../kernel/endpoint.ts';
import { audienceParams } from './audiences.ts';

const on = { on: daySchema.optional() };

export const exportMembers = endpoint({
  method: 'GET',
  path: '/api/audiences/:audienceId/export',
  summary: 'Members of an audience as a CSV file, masked; in full for who may see personal data and asks for it',
  access: 'audiences.export',
  params: audienceParams,
  query: z.object({ ...on, reveal: z.enum(['0', '1']).default('0') }),
  reply: z.string(),
  raw: true,
});

export const exportBitmap = endpoint({
  method: 'GET',
  path: '/api/audiences/:audienceId/bitmap',
  summary: 'Customer numbers of the members as a portable Roaring bitmap (RoaringFormatSpec)',
  access: 'audiences.export',
  params: audienceParams,
  query: z.object(on),
  reply: z.string(),
  raw: true,
});
