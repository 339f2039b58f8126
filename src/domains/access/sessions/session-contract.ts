import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { locales } from '../../../kernel/locale.ts';

/** Who is signed in, what they may, and the brand they work for. */
export const session = z.object({
  actor: z.object({ id: z.number(), name: z.string(), kind: z.enum(['staff', 'token', 'system']) }).nullable(),
  permissions: z.array(z.string()),
  brand: z.object({ name: z.string(), timeZone: z.string(), currency: z.string(), language: z.enum(locales) }),
  locale: z.enum(locales),
});
export type Session = z.output<typeof session>;

export const readSession = endpoint({
  method: 'GET',
  path: '/api/session',
  summary: 'Who is signed in, their permissions, and the brand',
  access: 'public',
  reply: session,
});

export const signOut = endpoint({
  method: 'DELETE',
  path: '/api/session',
  summary: 'End this session',
  access: 'signed-in',
  reply: z.void(),
  status: 204,
});

export const keepLanguage = endpoint({
  method: 'PUT',
  path: '/api/session/language',
  summary: 'Keep my language: mail to me is in it',
  access: 'signed-in',
  body: z.object({ language: z.enum(locales) }),
  reply: z.void(),
  status: 204,
});
