import type { Bitmap } from './bitmap.ts';
import type { Container } from './container.ts';
import { cookie, cookieWithRuns, inflatedBytes, inflatedBytesMax, offsetsFrom, plainBytes } from './portable-format.ts';
import { countRuns, nextPlace } from './words.ts';

/** Bytes in the portable Roaring format: containers as runs where that is smaller than as values or bits. */
export function encodeBitmap({ content: { keys, containers } }: Bitmap): Uint8Array {
  const runs = chosenRuns(containers);
  const count = containers.length;
  const hasRuns = runs.some((n) => n > 0);
  const sizes = containers.map((container, i) => (runs[i] > 0 ? runBytes(runs[i]) : plainBytes(container)));
  const headBytes = (hasRuns ? 4 + ((count + 7) >>> 3) : 8) + count * (!hasRuns || count >= offsetsFrom ? 8 : 4);
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, headBytes));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, hasRuns ? ((count - 1) * 65_536) + cookieWithRuns : cookie, true);
  let at = 4;
  if (hasRuns) {
    runs.forEach((n, i) => (bytes[4 + (i >>> 3)] |= n > 0 ? 1 << (i & 7) : 0));
    at += (count + 7) >>> 3;
  } else {
    view.setUint32(4, count, true);
    at += 4;
  }
  containers.forEach(({ size }, i) => {
    view.setUint16(at + 4 * i, keys[i], true);
    view.setUint16(at + 4 * i + 2, size - 1, true);
  });
  at += 4 * count;
  let offset = headBytes;
  containers.forEach((container, i) => {
    if (headBytes > at) view.setUint32(at + 4 * i, offset, true);
    if (runs[i] > 0) writeRuns(container, runs[i], view, offset);
    else bytes.set(bytesOf(container), offset);
    offset += sizes[i];
  });
  return bytes;
}

const runBytes = (runs: number): number => 2 + 4 * runs;
const bytesOf = ({ words, values }: Container): Uint8Array => {
  const { buffer, byteOffset, byteLength } = words ?? values;
  return new Uint8Array(buffer, byteOffset, byteLength);
};

/** How many runs each container is to be written as; 0 for those that stay as they are. */
function chosenRuns(containers: readonly Container[]): number[] {
  let inflated = 0;
  return containers.map((container) => {
    const most = (plainBytes(container) - 2) / 4;
    const runs = container.words ? countRuns(container.words, most) : countRunsOfValues(container.values);
    if (runBytes(runs) >= plainBytes(container)) return 0;
    inflated += inflatedBytes(container);
    return inflated > inflatedBytesMax ? 0 : runs;
  });
}

function countRunsOfValues(values: Uint16Array): number {
  let runs = 1;
  for (let i = 1; i < values.length; i++) if (values[i] !== values[i - 1] + 1) runs++;
  return runs;
}

function writeRuns({ words, values, size }: Container, runs: number, view: DataView, start: number): void {
  view.setUint16(start, runs, true);
  let at = start + 2;
  const write = (first: number, last: number): void => {
    view.setUint16(at, first, true);
    view.setUint16(at + 2, last - first, true);
    at += 4;
  };
  if (words) {
    for (let first = nextPlace(words, 0, true); first < words.length * 32;) {
      const until = nextPlace(words, first, false);
      write(first, until - 1);
      first = nextPlace(words, until, true);
    }
    return;
  }
  for (let i = 0; i < size;) {
    const first = i++;
    while (i < size && values[i] === values[i - 1] + 1) i++;
    write(values[first], values[i - 1]);
  }
}
