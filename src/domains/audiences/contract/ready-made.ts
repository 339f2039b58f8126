import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

/** What a team does with a ready-made audience. */
export const readyMadeTasks = ['new_users', 'returning', 'association', 'referral', 'retention', 'reach'] as const;

export const listReadyMade = endpoint({
  method: 'GET',
  path: '/api/audiences/ready-made',
  summary: 'Rules to begin with, for the tasks of a user-operations team, each with its reason',
  access: 'audiences.read',
  reply: z.object({
    audiences: z.array(z.object({ key: z.string(), task: z.enum(readyMadeTasks), name: z.string(), reason: z.string(), rule: z.unknown(), sentence: z.string() })),
  }),
});
