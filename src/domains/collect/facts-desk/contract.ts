import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';

/** `collect.maintain`: compare the stores and make one of them anew. */
export const factsDeskPermissions = ['collect.maintain'] as const;

const rows = z.object({ event: z.int(), order_line: z.int() });

/** A rebuild that was asked for; `done` and `total` count rows of the fact log. */
export const rebuildRun = z.object({
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.int(),
  total: z.int(),
  askedAt: z.iso.datetime(),
  at: z.iso.datetime(),
});
export type RebuildRun = z.infer<typeof rebuildRun>;

export const readFacts = endpoint({
  method: 'GET',
  path: '/api/facts',
  summary: 'The fact log compared with ClickHouse now, and how far a rebuild is',
  access: 'collect.maintain',
  reply: z.object({
    state: z.enum(['ready', 'rebuilding']),
    dataVersion: z.int(),
    changedAt: z.iso.datetime(),
    batches: z.int(),
    /** Sealed and not yet in ClickHouse. */
    unapplied: z.int(),
    /** Rows that ClickHouse has to have, and those it has; null while it is being made anew. */
    logged: rows,
    found: rows.nullable(),
    /** Files of the log that are missing, or shorter than what is registered in them. */
    damagedFiles: z.array(z.string()),
    /** Parts that ClickHouse put aside because they were damaged. */
    detachedParts: z.int(),
    rebuild: rebuildRun.nullable(),
    computedAt: z.iso.datetime(),
  }),
});

export const startRebuild = endpoint({
  method: 'POST',
  path: '/api/facts/rebuild',
  summary: 'Make ClickHouse anew from the fact log',
  access: 'collect.maintain',
  reply: rebuildRun,
  status: 202,
});

export const factsDeskEndpoints = [readFacts, startRebuild];
