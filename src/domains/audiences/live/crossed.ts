import { z } from 'zod';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { Bindings } from '../set/bindings.ts';
import { numberOf, rowsSql } from '../set/facts-sql.ts';
import type { Window } from './windows.ts';

const rows = z.array(z.object({ window: z.number(), people: z.array(z.number()) }));
const windowsAtOnce = 20;

/**
 * The people who have facts in each of some windows, or more than those: what events say is not looked at. Null of a
 * window that more than `most` have facts in.
 */
export async function peopleWithin(reader: ClickHouse, windows: readonly Window[], most: number): Promise<(Bitmap | null)[]> {
  const found = new Map<string, Bitmap | null>();
  // Names and moments of events lie in the order of time, and what the events say does not.
  const asked = windows.map(({ facts, range }): Window => ({ facts: facts.fact === 'event' ? { ...facts, where: [] } : facts, range }));
  const keyOf = (window: Window): string => JSON.stringify(window, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  const different = [...new Map(asked.map((window) => [keyOf(window), window]))];
  for (let from = 0; from < different.length; from += windowsAtOnce) {
    const bind = new Bindings();
    const some = different.slice(from, from + windowsAtOnce);
    const sql = some.map(([, { facts, range }], i) =>
      `select toUInt32(${i}) as window, groupUniqArray(${most + 1})(toUInt32(no)) as people from (select ${numberOf({ hasMerges: true })} as no ${rowsSql(facts, range, bind)})`);
    const people = new Map(rows.parse(await reader.rows(sql.join(' union all '), bind.params)).map((row) => [row.window, row.people]));
    for (const [i, [key]] of some.entries()) {
      const those = people.get(i) ?? [];
      found.set(key, those.length > most ? null : Bitmap.of(those));
    }
  }
  return asked.map((window) => found.get(keyOf(window)) ?? null);
}
