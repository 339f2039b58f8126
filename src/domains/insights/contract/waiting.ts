import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

export const readWaiting = endpoint({
  method: 'GET', path: '/api/waiting', summary: 'What waits for whoever asks, or went wrong, in what they may settle, problems first', access: 'signed-in',
  reply: z.object({ waiting: z.array(z.object({ sentence: z.string(), to: z.string(), isProblem: z.boolean() })) }),
});
