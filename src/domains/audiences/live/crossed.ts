import { z } from 'zod';
import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { Bindings } from '../set/bindings.ts';
import { numberOf, rowsSql } from '../set/facts-sql.ts';
import type { Window } from './windows.ts';

const rows = z.array(z.object({ window: z.number(), people: z.array(z.number()) }));
const windowsAtOnce = 20;

/** The people who have facts in each of some windows; null of a window that more than `most` have facts in. */
export async function peopleWithin(reader: ClickHouse, windows: readonly Window[], most: number): Promise<(Bitmap | null)[]> {
  const found: (Bitmap | null)[] = [];
  for (let from = 0; from < windows.length; from += windowsAtOnce) {
    const bind = new Bindings();
    const some = windows.slice(from, from + windowsAtOnce);
    const sql = some.map(({ facts, range }, i) =>
      `select toUInt32(${i}) as window, groupUniqArray(${most + 1})(toUInt32(no)) as people from (select ${numberOf({ hasMerges: true })} as no ${rowsSql(facts, range, bind)})`);
    const people = new Map(rows.parse(await reader.rows(sql.join(' union all '), bind.params)).map((row) => [row.window, row.people]));
    found.push(...some.map((_, i) => {
      const those = people.get(i) ?? [];
      return those.length > most ? null : Bitmap.of(those);
    }));
  }
  return found;
}
