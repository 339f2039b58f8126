/** Sends a request unless the same is under way already: then both get the answer of the first. */
export function createOnceAtATime<Reply>(): (request: unknown, send: () => Promise<Reply>) => Promise<Reply> {
  const underWay = new Map<string, Promise<Reply>>();
  return (request, send) => {
    const key = JSON.stringify(request) ?? '';
    const first = underWay.get(key);
    if (first) return first;
    const sent = send().finally(() => underWay.delete(key));
    underWay.set(key, sent);
    return sent;
  };
}
