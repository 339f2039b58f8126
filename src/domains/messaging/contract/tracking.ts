import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

const token = z.object({ token: z.string().min(1).max(450) });

export const followLink = endpoint({
  method: 'GET', path: '/m/c/:token', summary: 'Follow a link of a message: leads where its template says, and nowhere else', access: 'public',
  params: token, query: z.object({ u: z.string().min(1).max(2_000).optional() }), reply: z.unknown(), raw: true,
});

export const openPixel = endpoint({
  method: 'GET', path: '/m/o/:token', summary: 'The picture that tells that a message was opened', access: 'public', params: token, reply: z.unknown(), raw: true,
});
