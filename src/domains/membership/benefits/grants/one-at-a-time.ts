/**
 * Work that is done by one at a time for all who ask: whoever asks waits for a run that began after they did, together with all others who
 * asked meanwhile. Work that holds a connection and waits for others would otherwise take all there are.
 */
export function oneAtATime(work: () => Promise<unknown>): () => Promise<void> {
  let current: Promise<unknown> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= current.catch(() => undefined).then(async () => {
      next = null;
      current = work();
      await current;
    });
    return next;
  };
}
