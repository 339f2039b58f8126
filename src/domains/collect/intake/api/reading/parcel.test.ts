import fc from 'fast-check';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { openParcel, parcelOf } from './parcel.ts';

const parts = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 });

describe('a parcel', () => {
  it('gives back what was put in, each part by its length', () => {
    fc.assert(fc.property(parts, (given) => {
      const next = openParcel(parcelOf(given));
      expect(given.map(({ length }) => Buffer.from(next(length)))).toEqual(given.map((part) => Buffer.from(part)));
    }));
  });

  it('goes to another thread whole and is gone here; parts of shared memory take nothing else along', async () => {
    const [one, other] = [Buffer.from('one'), Buffer.from('other')];
    expect(one.buffer).toBe(other.buffer);
    const parcel = parcelOf([one, other]);
    const { port1, port2 } = new MessageChannel();
    const arrived = new Promise<Uint8Array<ArrayBuffer>>((resolve) => port2.once('message', resolve));
    port1.postMessage(parcel, [parcel.buffer]);
    expect(parcel.length).toBe(0);
    const next = openParcel(await arrived);
    expect([next(3).toString(), next(5).toString()]).toEqual(['one', 'other']);
    expect((await arrived).buffer.byteLength).toBe(8);
    port1.close();
  });
});
