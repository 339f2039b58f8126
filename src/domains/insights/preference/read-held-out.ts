import type { ClickHouse } from '../../../platform/clickhouse/client.ts';
import { readNativeBlocks } from '../../../platform/clickhouse/native-blocks.ts';
import type { HeldOutOrders } from './affinity/hold-out.ts';
import { codesOfDimension, type Dimension, dimensions, type Values } from './dimensions.ts';
import { asOfMoment, ordersSql, type OrdersParams, type Scope, scopeParams, valueParams } from './orders-sql.ts';
import { readLimits } from './read-values.ts';

/** So many people who came back are tried on, half of them to choose the settings by. */
export const mostTried = 20_000;
/** Among so many people, or somewhat more, they are looked for. */
const mostLookedAt = 100_000;
/** So many numbers are bound in one statement: the engine takes no longer list. */
const numbersAtOnce = 10_000;
/** Of somebody with very many orders the last ones are looked at. */
const mostOrders = 200;

/**
 * The orders of some people who came back, their last one apart. Who is taken is decided by a hash of the number, so that it is the same
 * people for the same data; whoever is merged is left to others.
 */
export async function readHeldOut(reader: ClickHouse, params: OrdersParams, values: Values, scope: Scope, among: number): Promise<Map<Dimension, HeldOutOrders>> {
  const people = (await reader.rows(
    `select customer_no as no from order_line where kind = 'sale' and customer_no > 0 and occurred_at <= ${asOfMoment}
        and cityHash64(customer_no) % {every:UInt32} = 0 and customer_no not in (select arrayJoin([absorbed_no, survivor_no]) from merge_pair)
      group by no having min(order_key) != max(order_key) order by cityHash64(no), no limit ${mostTried}`,
    { asOf: params.asOf, every: Math.max(1, Math.floor(among / mostLookedAt)) }, readLimits)) as { no: number }[];
  const found = new Map(dimensions.map((dimension) => [dimension, gathering()]));
  if (people.length === 0) return new Map();
  // Orders of one moment are told apart by their keys; the last is hidden, with its values the days to it are told from.
  const sql = `select person, toUInt32(order.1 = 1) as isHidden, toUInt32(greatest(0, dateDiff('day', order.2.1, orders[1].1))) as days, arrayJoin(order.2.2) as code
    from (select person, arraySlice(arrayReverseSort(one -> (one.1, one.3), groupArray((at, codes, order_key))), 1, ${mostOrders}) as orders, arrayJoin(arrayZip(arrayEnumerate(orders), orders)) as order
      from (${ordersSql(scope, 'customer_no in {people:Array(UInt32)}')}) group by person having length(orders) > 1)
    order by person, isHidden, days, code`;
  const numbers = people.map(({ no }) => no).sort((a, b) => a - b);
  for (let first = 0; first < numbers.length; first += numbersAtOnce) {
    const bound = { ...params, ...valueParams(values), ...scopeParams(scope), people: numbers.slice(first, first + numbersAtOnce) };
    for await (const { columns } of readNativeBlocks(reader.bytes(sql, 'Native', bound, readLimits))) {
      const [person, isHidden, days, code] = columns.map((column) => new Uint32Array(column.buffer));
      for (let row = 0; row < person.length; row++) {
        const dimension = dimensions[Math.floor(code[row] / codesOfDimension)];
        found.get(dimension)?.add(person[row], isHidden[row] === 1, days[row], (code[row] % codesOfDimension) - 1);
      }
    }
  }
  return new Map([...found].map(([dimension, { done }]) => [dimension, done(values[dimension].length)]));
}

/** Rows by person; whoever has nothing of the dimension before, or nothing in the hidden order, tells nothing and is left out. */
function gathering() {
  const [starts, codes, days, hidden]: [number[], number[], number[], number[][]] = [[0], [], [], []];
  let current = { person: 0, from: 0, hidden: [] as number[] };
  const close = (): void => {
    if (current.hidden.length > 0 && codes.length > current.from) {
      starts.push(codes.length);
      hidden.push(current.hidden);
    } else codes.length = days.length = current.from;
  };
  return {
    add(person: number, isHidden: boolean, age: number, code: number): void {
      if (person !== current.person) {
        close();
        current = { person, from: codes.length, hidden: [] };
      }
      if (isHidden) current.hidden.push(code);
      else {
        codes.push(code);
        days.push(age);
      }
    },
    done(values: number): HeldOutOrders {
      close();
      return { values, starts: Uint32Array.from(starts), codes: Uint16Array.from(codes), days: Float32Array.from(days), lines: new Float32Array(codes.length).fill(1), hidden };
    },
  };
}
