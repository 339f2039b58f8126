import { z } from 'zod';

/** What speaks for a department of its own. */
export const reasonKinds = {
  /** A demand, seen from outside or inside. */
  need: { parents: ['plan'], body: z.object({ side: z.enum(['outside', 'inside']), text: z.string().trim().min(1).max(1_000), source: z.string().trim().max(300).default('') }) },
} as const;
