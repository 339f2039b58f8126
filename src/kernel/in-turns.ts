/** Does work for each, some at a time. Ends with the first failure. */
export async function inTurns<T, R>(atOnce: number, items: Iterable<T>, work: (item: T) => Promise<R>): Promise<Map<T, R>> {
  const results = new Map<T, R>();
  const waiting = [...items].values();
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (const item of waiting) results.set(item, await work(item));
  }));
  return results;
}
