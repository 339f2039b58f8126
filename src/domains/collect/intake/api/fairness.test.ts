import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyQueue } from './reading/key-queue.ts';
import { createSharedRoom } from './shared-room.ts';

describe('what waits to be read', () => {
  it('goes round by key: one that sends a little does not wait for all of one that sends much', () => {
    const queue = createKeyQueue<string>();
    for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1']) queue.add(name.charCodeAt(0), name);
    const taken = Array.from({ length: 8 }, () => queue.next());
    expect(taken).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4', undefined]);
  });
});

describe('the room for requests', () => {
  it('is never overdrawn, and all of it is there again when everything was given back', () => {
    const takes = fc.array(fc.record({ key: fc.nat({ max: 4 }), bytes: fc.integer({ min: 1, max: 400 }), keeps: fc.boolean() }), { maxLength: 200 });
    fc.assert(fc.property(takes, (wanted) => {
      const room = createSharedRoom(1_000);
      const held: { bytes: number; giveBack: () => void }[] = [];
      for (const { key, bytes, keeps } of wanted) {
        const giveBack = room.take(key, bytes);
        if (giveBack && keeps) held.push({ bytes, giveBack });
        else giveBack?.();
      }
      expect(held.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(1_000);
      for (const { giveBack } of held) {
        giveBack();
        giveBack();
      }
      expect(room.take(9, 1_000)).not.toBeNull();
    }));
  });

  it('leaves some for a key that holds nothing, however much others take', () => {
    const room = createSharedRoom(1_000);
    const taken = [1, 2, 3, 4].map((key) => {
      let count = 0;
      while (room.take(key, 10)) count++;
      return count * 10;
    });
    expect(taken[0]).toBe(500);
    expect(room.take(5, 10)).not.toBeNull();
    expect(room.take(1, 10)).toBeNull();
  });
});
