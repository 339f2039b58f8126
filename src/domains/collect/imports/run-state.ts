/**
 * The life of an import. `queued` and `running` can be cancelled without a trace; `publishing` has been
 * decided and is being carried out; everything after it can be undone.
 */
export const importStates = [
  'uploaded', 'checked', 'queued', 'running', 'publishing', 'done', 'cancelled', 'failed', 'undoing', 'undone',
] as const;
export type ImportState = (typeof importStates)[number];

/** States in which the worker has something to do, also after a crash. */
export const workingStates = ['queued', 'running', 'publishing', 'undoing'] as const satisfies readonly ImportState[];

/** States from which a mapping may be tried or the import begun. */
export const startableStates = ['uploaded', 'checked', 'failed', 'cancelled'] as const satisfies readonly ImportState[];
