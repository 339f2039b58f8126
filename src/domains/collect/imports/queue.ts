import type { Jobs } from '../../../platform/jobs.ts';

/** The queue of work on imports: a job reads one, finishes one or takes one back. */
export const importQueue = 'collect.import';

/** Has the worker do what an import's state asks for; a second request while it waits or runs changes nothing. */
export const queueImport = (jobs: Jobs, importId: number): Promise<void> =>
  jobs.later(importQueue, { importId }, { key: `import-${importId}` });
