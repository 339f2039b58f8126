import { describe, expect, it } from 'vitest';
import { createOnceAtATime } from './once-at-a-time.ts';

describe('the same request', () => {
  it('is sent once while it is under way, and again after it was answered or refused', async () => {
    const once = createOnceAtATime<number>();
    const waiting: ((isRefused: boolean) => void)[] = [];
    const ask = (planNo: number) => once({ params: { planNo } }, () => new Promise((resolve, reject) => waiting.push((isRefused) => (isRefused ? reject(new Error('refused')) : resolve(waiting.length)))));
    const [first, second, other] = [ask(1), ask(1), ask(2)];
    expect(waiting).toHaveLength(2);
    waiting[0](false);
    waiting[1](true);
    expect([await first, await second]).toEqual([2, 2]);
    await expect(other).rejects.toThrow('refused');
    void ask(1);
    void ask(2);
    expect(waiting).toHaveLength(4);
  });
});
