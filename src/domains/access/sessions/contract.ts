import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { longestPassword, shortestPassword } from '../passwords/contract.ts';

/** An address as it is stored and compared. */
export const email = z.email().max(200).transform((text) => text.toLowerCase());
export const newPassword = z.string().min(shortestPassword).max(longestPassword);
const linkToken = z.string().min(20).max(100);
const done = { reply: z.void(), status: 204 } as const;

export const signIn = endpoint({
  method: 'POST',
  path: '/api/session',
  summary: 'Sign in with an e-mail address and a password',
  access: 'public',
  body: z.object({ email: z.string().trim().min(1).max(200).toLowerCase(), password: z.string().min(1).max(longestPassword) }),
  ...done,
});

export const readLink = endpoint({
  method: 'POST',
  path: '/api/session/link',
  summary: 'What a one-time link is for; it stays unused',
  access: 'public',
  body: z.object({ token: linkToken }),
  reply: z.object({ purpose: z.enum(['sign_in', 'password']), name: z.string(), email: z.string() }),
});

export const followLink = endpoint({
  method: 'POST',
  path: '/api/session/link/follow',
  summary: 'Use a one-time link to sign in; one for a password takes the new password',
  access: 'public',
  body: z.object({ token: linkToken, password: newPassword.optional() }),
  ...done,
});

const sessionParams = z.object({ sessionId: z.coerce.number().int().positive() });

export const readAccount = endpoint({
  method: 'GET',
  path: '/api/account',
  summary: 'My own account and where it is signed in',
  access: 'signed-in',
  reply: z.object({
    email: z.string(),
    name: z.string(),
    hasPassword: z.boolean(),
    sessions: z.array(z.object({
      sessionId: z.number().int(),
      device: z.string(),
      peer: z.string(),
      createdAt: z.iso.datetime(),
      lastSeenAt: z.iso.datetime(),
      current: z.boolean(),
    })),
  }),
});

export const endSession = endpoint({
  method: 'DELETE',
  path: '/api/account/sessions/:sessionId',
  summary: 'End one of my sessions',
  access: 'signed-in',
  params: sessionParams,
  ...done,
});

export const endOtherSessions = endpoint({
  method: 'DELETE',
  path: '/api/account/sessions',
  summary: 'End all my sessions but this one',
  access: 'signed-in',
  ...done,
});

export const changePassword = endpoint({
  method: 'PUT',
  path: '/api/account/password',
  summary: 'Set my password; every other session of mine ends',
  access: 'signed-in',
  body: z.object({ current: z.string().max(longestPassword).optional(), password: newPassword }),
  ...done,
});
