/** Puts what is asked within a short time into one call, where it is alike. */
export interface Gathering<Asked, Told> {
  /** `go` of the first is awaited for all of a call. */
  add(asked: Asked, go: () => Promise<void>): Promise<Told>;
}

export interface GatheringOptions<Asked> {
  most: number;
  waitMs: number;
  /** What has the same key may go together. */
  keyOf(asked: Asked): string;
}

interface Group<Asked, Told> {
  all: { asked: Asked; answer: PromiseWithResolvers<Told> }[];
  go: () => Promise<void>;
}

/** `call` answers each in its order. */
export function createGathering<Asked, Told>({ most, waitMs, keyOf }: GatheringOptions<Asked>, call: (all: readonly Asked[]) => Promise<readonly Told[]>): Gathering<Asked, Told> {
  const open = new Map<string, Group<Asked, Told>>();
  const close = async (key: string, group: Group<Asked, Told>): Promise<void> => {
    if (open.get(key) === group) open.delete(key);
    try {
      await group.go();
      const told = await call(group.all.map(({ asked }) => asked));
      group.all.forEach(({ answer }, at) => answer.resolve(told[at]));
    } catch (error) {
      group.all.forEach(({ answer }) => answer.reject(error));
    }
  };
  return {
    add(asked, go) {
      const key = keyOf(asked);
      let group = open.get(key);
      if (!group) {
        const begun: Group<Asked, Told> = { all: [], go };
        open.set(key, (group = begun));
        setTimeout(() => open.get(key) === begun && void close(key, begun), waitMs);
      }
      const answer = Promise.withResolvers<Told>();
      group.all.push({ asked, answer });
      if (group.all.length >= most) void close(key, group);
      return answer.promise;
    },
  };
}
