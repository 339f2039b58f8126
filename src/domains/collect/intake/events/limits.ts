/** What the tracking API takes. An event beyond these is set aside; a body beyond `bodyBytes` is refused whole. */
export const eventLimits = {
  bodyBytes: 4 * 2 ** 20,
  eventsPerBatch: 5_000,
  /** Characters of keys and values of one event, as the official clients count: 32 KB. */
  eventCharacters: 32 * 2 ** 10,
  depth: 16,
  keys: 1_000,
  /** Characters of an id or a name. */
  nameCharacters: 200,
  earliestMs: Date.UTC(1990, 0, 1),
  futureMs: 24 * 3_600_000,
} as const;
