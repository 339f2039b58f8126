import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { customerParams } from './identifiers.ts';
import { shownTag } from './profile.ts';

export const listTags = endpoint({
  method: 'GET',
  path: '/api/customer-tags',
  summary: 'Every tag by name',
  access: 'customers.read',
  reply: z.object({ tags: z.array(z.object({ tagId: z.number().int(), name: z.string(), isComputed: z.boolean() })) }),
});

export const addTag = endpoint({
  method: 'POST',
  path: '/api/customers/:customerNo/tags',
  summary: 'Gives a customer a tag; a name that is new makes the tag',
  access: 'customers.tag',
  params: customerParams,
  body: z.object({ name: z.string().trim().min(1).max(40) }),
  reply: z.object({ tags: z.array(shownTag) }),
});

export const removeTag = endpoint({
  method: 'DELETE',
  path: '/api/customers/:customerNo/tags/:tagId',
  summary: 'Takes a tag from a customer',
  access: 'customers.tag',
  params: customerParams.extend({ tagId: z.coerce.number().int().min(1).max(2_147_483_647) }),
  reply: z.object({}),
  status: 204,
});
