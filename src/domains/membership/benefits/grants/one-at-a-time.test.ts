import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

describe('work by one at a time', () => {
  it('runs once for all who ask while it runs, beginning after they asked', async () => {
    let running = 0;
    let most = 0;
    const began: number[] = [];
    const work = oneAtATime(async () => {
      began.push(performance.now());
      most = Math.max(most, ++running);
      await sleep(5);
      running--;
    });
    const asked: number[] = [];
    const ask = async (): Promise<void> => {
      const at = performance.now();
      asked.push(at);
      await work();
      expect(began.some((start) => start >= at)).toBe(true);
    };
    await Promise.all([ask(), ...Array.from({ length: 20 }, async (_, n) => {
      await sleep(n);
      await ask();
    })]);
    expect(most).toBe(1);
    expect(began.length).toBeLessThan(asked.length);
  });

  it('tells of a failure those who waited for it, and goes on with the next', async () => {
    let turn = 0;
    const work = oneAtATime(async () => {
      turn++;
      await sleep(2);
      if (turn === 1) throw new Error('once');
    });
    const first = work();
    await sleep(0);
    const second = work();
    await expect(first).rejects.toThrow('once');
    await second;
    expect(turn).toBe(2);
  });
});
