import { setImmediate as round, setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSharedRoom } from './shared-room.ts';
import { createTurns } from './turns.ts';

describe('turns', () => {
  it('go round by key: one that sends a little does not wait for all of one that sends much', async () => {
    const turns = createTurns(() => 0);
    const done: string[] = [];
    const work = (key: number, name: string) => turns.run(key, () => done.push(name));
    await Promise.all([...['a1', 'a2', 'a3', 'a4'].map((name) => work(1, name)), ...['b1', 'b2'].map((name) => work(2, name)), work(3, 'c1')]);
    expect(done).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
  });

  it('let the event loop come round between slices, however much waits', async () => {
    let nowMs = 0;
    const turns = createTurns(() => nowMs);
    let done = 0;
    const all = Promise.all(Array.from({ length: 40 }, () => turns.run(1, () => {
      nowMs += 1;
      done++;
    })));
    const seen: number[] = [];
    while (done < 40) {
      await round();
      seen.push(done);
    }
    await all;
    // Two milliseconds of work a round, and never more.
    expect(seen.map((n, i) => n - (seen[i - 1] ?? 0)).every((n) => n <= 2)).toBe(true);
  });

  it('hand on what was thrown, and go on', async () => {
    const turns = createTurns();
    const results = await Promise.allSettled([turns.run(1, () => {
      throw new RangeError('broken');
    }), turns.run(1, () => 'done')]);
    expect(results).toMatchObject([{ reason: { message: 'broken' } }, { value: 'done' }]);
    await sleep(1);
    expect(await turns.run(1, () => 'later')).toBe('later');
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
