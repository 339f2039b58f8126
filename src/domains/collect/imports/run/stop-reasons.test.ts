import { describe, expect, it } from 'vitest';
import { Problem } from '../../../../kernel/problem.ts';
import { isPassing, problemOf } from './stop-reasons.ts';
import { rateOf } from './progress.ts';
import { createInFlight } from './in-flight.ts';

const coded = (code: string): Error => Object.assign(new Error('x'), { code });

describe('why an import stops', () => {
  it('begins again after what may pass, however deep it lies', () => {
    for (const error of [coded('ECONNREFUSED'), coded('40P01'), new Problem('platform.analytics_unavailable', { status: 503 }),
      new Error('outer', { cause: coded('57P01') })]) expect(isPassing(error)).toBe(true);
    for (const error of [coded('23505'), new Problem('collect.file_damaged', { status: 422 }), new Error('x'), 'x']) expect(isPassing(error)).toBe(false);
  });

  it('tells a full disk from a fault of the file and from one of ours', () => {
    expect(problemOf(coded('ENOSPC')).code).toBe('platform.disk_full');
    expect(problemOf(coded('53100')).code).toBe('platform.disk_full');
    expect(problemOf(new Problem('collect.file_damaged', { params: { row: 3 } }))).toEqual({ code: 'collect.file_damaged', params: { row: 3 } });
    expect(problemOf(new Error('x'))).toEqual({ code: 'collect.import_failed', params: {} });
  });
});

describe('how fast an import is', () => {
  it('is rows a second, and what is left by the bytes', () => {
    expect(rateOf(2_000, 25, 100, 0, 2_000)).toEqual({ rowsPerSecond: 1_000, secondsLeft: 6 });
    expect(rateOf(0, 0, 100, 0, 2_000)).toEqual({ rowsPerSecond: 0, secondsLeft: null });
  });
});

describe('work in flight', () => {
  it('is never more than allowed, and fails with the first failure', async () => {
    const flight = createInFlight(2);
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++running);
      await new Promise((done) => setTimeout(done, 5));
      running--;
    };
    for (let n = 0; n < 7; n++) await flight.begin(work);
    await flight.settle();
    expect([most, running]).toEqual([2, 0]);
    await flight.begin(() => Promise.reject(new Error('first')));
    await expect(flight.settle()).rejects.toThrow('first');
    await expect(flight.begin(work)).rejects.toThrow('first');
  });
});
