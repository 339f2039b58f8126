import type { ClickHouse } from './client.ts';

/** ClickHouse behind a gate: every question and statement waits for `open`, which throws while there must be no answer. */
export const gated = (clickhouse: ClickHouse, open: () => Promise<void>): ClickHouse => ({
  ...clickhouse,
  async rows(...question) {
    await open();
    return clickhouse.rows(...question);
  },
  async *bytes(...question) {
    await open();
    yield* clickhouse.bytes(...question);
  },
  async *stream(...question) {
    await open();
    yield* clickhouse.stream(...question);
  },
  async command(...statement) {
    await open();
    return clickhouse.command(...statement);
  },
});
