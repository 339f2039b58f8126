import { Bitmap } from '../../../kernel/bitmap/bitmap.ts';
import type { ClickHouse } from '../../../platform/clickhouse/client.ts';

/** Takes numbers that are kept, or that facts carry, to those their people count under today. */
export type AsOfToday = (members: Bitmap) => Promise<Bitmap>;

/** The same by the merges of one moment, for many sets. */
export type ByMerges = (members: Bitmap) => Bitmap;

interface Merged {
  version: string;
  numbers: Bitmap;
  /** Ascending, and under which number each counts. */
  absorbed: Uint32Array;
  survivors: Uint32Array;
}

const versionSql = "select concat(toString(max(version)), ' ', toString(count())) as version from merge_pair";
const pairsSql = `select absorbed_no, argMax(survivor_no, version) as survivor from merge_pair
  group by absorbed_no having survivor != absorbed_no order by absorbed_no`;

/** Who was merged is read once a change of merges; eight bytes a merged number. */
export function createMerges(clickhouse: ClickHouse): () => Promise<ByMerges> {
  let known: Merged | undefined;
  const current = async (): Promise<Merged> => {
    const [{ version }] = await clickhouse.rows(versionSql) as { version: string }[];
    if (known?.version !== version) known = { version, ...(await readPairs(clickhouse)) };
    return known;
  };
  return async () => {
    const { numbers, absorbed, survivors } = await current();
    return (members) => {
      const moved = members.and(numbers);
      if (moved.size === 0) return members;
      const roots = Uint32Array.from(moved, (no) => survivors[placeOf(absorbed, no)]);
      return members.andNot(moved).or(Bitmap.of(roots));
    };
  };
}

export function createAsOfToday(clickhouse: ClickHouse): AsOfToday {
  const merges = createMerges(clickhouse);
  return async (members) => (await merges())(members);
}

async function readPairs(clickhouse: ClickHouse): Promise<Omit<Merged, 'version'>> {
  const chunks = await Array.fromAsync(clickhouse.bytes(pairsSql, 'RowBinary'));
  const pairs = new Uint32Array(Uint8Array.from(Buffer.concat(chunks)).buffer);
  const absorbed = new Uint32Array(pairs.length / 2);
  const survivors = new Uint32Array(pairs.length / 2);
  for (let i = 0; i < absorbed.length; i++) [absorbed[i], survivors[i]] = [pairs[2 * i], pairs[2 * i + 1]];
  return { numbers: Bitmap.fromSorted(absorbed), absorbed, survivors };
}

/** Where a number stands that is there. */
function placeOf(ascending: Uint32Array, no: number): number {
  let [from, until] = [0, ascending.length - 1];
  while (from < until) {
    const middle = (from + until) >>> 1;
    if (ascending[middle] < no) from = middle + 1;
    else until = middle;
  }
  return from;
}
