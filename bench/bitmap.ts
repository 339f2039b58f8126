import { Bitmap } from '../src/kernel/bitmap/bitmap.ts';
import { decodeBitmap } from '../src/kernel/bitmap/portable-read.ts';
import { encodeBitmap } from '../src/kernel/bitmap/portable-write.ts';
import type { Figure } from './run.ts';

/** Sets of half of the customers combined, and one of all of them in bytes and back. */
export async function* run({ customers = 10_000_000, rounds = 30 }: Record<string, number>): AsyncGenerator<Figure> {
  const a = byChance(customers, customers / 2);
  const b = byChance(customers, customers / 2);
  const size = { customers, members: a.size };
  const combined: [string, () => unknown][] = [
    ['and', () => a.and(b)], ['or', () => a.or(b)], ['and_not', () => a.andNot(b)], ['xor', () => a.xor(b)],
    ['and_size', () => a.andSize(b)], ['union', () => Bitmap.union([a, b])], ['equals', () => a.equals(Bitmap.union([a]))],
  ];
  for (const [name, work] of combined) yield figure(`bitmap.${name}`, work, rounds, 5, size);
  const all = byChance(customers * 2, customers);
  const bytes = encodeBitmap(all);
  const whole = { customers: customers * 2, members: all.size, bytes: bytes.length, memory: all.byteLength };
  yield figure('bitmap.encode', () => encodeBitmap(all), rounds, 10, whole);
  yield figure('bitmap.decode', () => decodeBitmap(bytes), rounds, 10, whole);
  yield figure('bitmap.to_array', () => all.toArray(), rounds, 100, whole);
  yield figure('bitmap.page', () => all.slice(all.size >> 1, 50), rounds, 1, whole);
  yield figure('bitmap.sample', () => all.sample(Math.floor(all.size / 10), Math.random), rounds, 500, whole);
  const sorted = all.toArray();
  yield figure('bitmap.from_sorted', () => Bitmap.fromSorted(sorted), rounds, 100, whole);
}

/** About `wanted` of the numbers below `limit`, none more likely than another: dense, without runs to speak of. */
function byChance(limit: number, wanted: number): Bitmap {
  const numbers = new Uint32Array(limit);
  let end = 0;
  for (let n = 0; n < limit; n++) if (Math.random() * limit < wanted) numbers[end++] = n;
  return Bitmap.fromSorted(numbers.subarray(0, end));
}

/** The median of the rounds; the first fifth warms up and does not count. */
function figure(name: string, work: () => unknown, rounds: number, target: number, size: Record<string, number>): Figure {
  const times: number[] = [];
  const warming = Math.ceil(rounds / 5);
  for (let round = 0; round < rounds + warming; round++) {
    const startedMs = performance.now();
    work();
    if (round >= warming) times.push(performance.now() - startedMs);
  }
  const value = Math.round(times.sort((a, b) => a - b)[times.length >> 1] * 100) / 100;
  return { name, value, unit: 'ms', target, holds: value < target, ...size };
}
