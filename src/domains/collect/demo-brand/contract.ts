import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

const demo = z.object({
  /** `adding`: customers and orders are all in, and what other domains show of them is being made. */
  state: z.enum(['absent', 'loading', 'adding', 'done']),
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
