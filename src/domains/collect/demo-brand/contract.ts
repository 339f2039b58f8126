import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

const demo = z.object({
  state: z.enum(['absent', 'loading', 'done']),
  /** Customers of the brand, and how many of them are in. */
  customers: z.int(),
  loaded: z.int(),
});

export const readDemo = endpoint({
  method: 'GET',
  path: '/api/demo',
  summary: 'How far the demonstration brand is loaded',
  access: 'collect.read',
  reply: demo,
});

export const startDemo = endpoint({
  method: 'POST',
  path: '/api/demo',
  summary: 'Load the demonstration brand into an empty deployment',
  access: 'collect.sources',
  reply: demo,
  status: 202,
});

export const demoEndpoints = [readDemo, startDemo];
