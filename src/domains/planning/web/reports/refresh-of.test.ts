import { expect, it } from 'vitest';
import { refreshOf } from './refresh-of.ts';

it('looks often at what is on its way, now and then at what is tried again later, and not at what has ended', () => {
  const copy = (state: 'waiting' | 'sent' | 'sending' | 'failed', why: string | null = null) => ({ state, why });
  expect([[copy('sent')], [copy('waiting', 'x'), copy('failed', 'x')], [copy('waiting', 'x'), copy('waiting')], [copy('sending', 'x')], []].map(refreshOf)).toEqual([false, 30_000, 2_000, 2_000, false]);
});
