/** Work that goes on beside the reading, at most so much of it at a time. */
export interface InFlight {
  /** Begins a piece of work; waits first while there is too much. Throws what an earlier piece failed with. */
  begin(work: () => Promise<void>): Promise<void>;
  /** Resolves when all is done. Throws the first failure. */
  settle(): Promise<void>;
}

/** Allows `atMost` pieces of work at once. After a failure nothing more begins. */
export function createInFlight(atMost: number): InFlight {
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | undefined;
  const check = (): void => {
    if (failure) throw failure.error;
  };
  return {
    async begin(work) {
      while (running.size >= atMost) await Promise.race(running);
      check();
      const piece: Promise<void> = work()
        .catch((error: unknown) => void (failure ??= { error }))
        .finally(() => running.delete(piece));
      running.add(piece);
    },
    async settle() {
      await Promise.all(running);
      check();
    },
  };
}
