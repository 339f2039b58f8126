import type { OrdersOfPerson } from '../mining/sequence-counts.ts';
import { type CodeOf, unknownItem } from './item-codes.ts';
import type { LineBlock } from './order-stream.ts';

/** What is done with the orders of somebody, all of them at once; of nobody one order at a time. The arrays are used again. */
export type OnOrders = (customerNo: number, orders: OrdersOfPerson) => void;

/** Of so many orders the last are looked through; beyond them a table is quicker. */
const lookedThrough = 16;

/**
 * Puts lines together to orders: what carries one order key is one order, of each item once; what has no number
 * is left out of it, and the order counts. Orders stand in the order of their first lines.
 */
export function createGatherer(codeOf: CodeOf, itemCount: number, onOrders: OnOrders) {
  let room = makeRoom(1_024);
  let lines = 0;
  let orderCount = 0;
  let owner = 0;
  let table = new Map<bigint, number>();
  const withoutRepeats = createRepeats(itemCount);
  const keyOf = (low: number, high: number): bigint => (BigInt(high) << 32n) | BigInt(low);
  const orderWith = (low: number, high: number): number => {
    const { halves } = room;
    for (let n = orderCount - 1; n >= Math.max(0, orderCount - lookedThrough); n--) if (halves[2 * n] === low && halves[2 * n + 1] === high) return n;
    if (orderCount <= lookedThrough) return -1;
    for (let n = table.size; n < orderCount; n++) table.set(keyOf(halves[2 * n], halves[2 * n + 1]), n);
    return table.get(keyOf(low, high)) ?? -1;
  };
  const flush = (): void => {
    if (lines === 0) return;
    const { orderOf, codes, starts, next, items, times } = room;
    starts.fill(0, 0, orderCount + 1);
    for (let n = 0; n < lines; n++) if (codes[n] !== unknownItem) starts[orderOf[n] + 1]++;
    for (let n = 0; n < orderCount; n++) starts[n + 1] += starts[n];
    next.set(starts.subarray(0, orderCount));
    for (let n = 0; n < lines; n++) if (codes[n] !== unknownItem) items[next[orderOf[n]]++] = codes[n];
    withoutRepeats(orderCount, starts, items);
    onOrders(owner, { count: orderCount, times, starts, items });
    lines = 0;
    orderCount = 0;
    if (table.size > 0) table = new Map();
  };
  const add = ({ count, customerNos, orderKeys, seconds, items: hashes }: LineBlock, ofNobody: boolean): void => {
    for (let n = 0; n < count; n++) {
      const low = orderKeys[2 * n];
      const high = orderKeys[2 * n + 1];
      if (customerNos[n] !== owner || (ofNobody && orderCount > 0 && (room.halves[0] !== low || room.halves[1] !== high))) flush();
      owner = customerNos[n];
      if (lines === room.codes.length) room = makeRoom(2 * lines, room);
      let order = orderWith(low, high);
      if (order < 0) {
        order = orderCount++;
        room.halves[2 * order] = low;
        room.halves[2 * order + 1] = high;
        room.times[order] = seconds[n];
      }
      room.orderOf[lines] = order;
      room.codes[lines++] = codeOf(hashes[2 * n], hashes[2 * n + 1]);
    }
  };
  return { add, flush };
}

/** Arrays for so many lines, with what others of fewer hold. */
function makeRoom(size: number, before?: Room): Room {
  const room: Room = {
    orderOf: new Uint32Array(size), codes: new Uint16Array(size), halves: new Uint32Array(2 * size), times: new Float64Array(size),
    items: new Uint16Array(size), starts: new Uint32Array(size + 1), next: new Uint32Array(size),
  };
  if (before) for (const name of ['orderOf', 'codes', 'halves', 'times'] as const) room[name].set(before[name]);
  return room;
}

interface Room {
  /** By line: which order it is of, and which item it names. */
  orderOf: Uint32Array;
  codes: Uint16Array;
  /** By order: its key, and when its first line was. */
  halves: Uint32Array;
  times: Float64Array;
  /** The items of each order, where they begin, and where the next goes while they are put there. */
  items: Uint16Array;
  starts: Uint32Array;
  next: Uint32Array;
}

/** Leaves each item of an order once, and closes the gaps. */
function createRepeats(itemCount: number) {
  const seenIn = new Float64Array(itemCount);
  let serial = 0;
  return (orderCount: number, starts: Uint32Array, items: Uint16Array): void => {
    let kept = 0;
    for (let order = 0, at = 0; order < orderCount; order++) {
      const end = starts[order + 1];
      starts[order] = kept;
      serial++;
      for (; at < end; at++) {
        if (seenIn[items[at]] === serial) continue;
        seenIn[items[at]] = serial;
        items[kept++] = items[at];
      }
    }
    starts[orderCount] = kept;
  };
}
