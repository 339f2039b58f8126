import { describe, expect, it } from 'vitest';
import type { RunCounts } from '../../part.ts';
import { sumCounts } from './count-run.ts';

const counts = (given: Partial<RunCounts>): RunCounts => ({ people: 0, decided: {}, reasons: {}, queued: 0, handed: 0, refused: 0, unknown: 0, cost: '0', priced: 0, told: {}, ...given });

describe('the arms of a run', () => {
  it('add up', () => {
    const sum = sumCounts([
      counts({ people: 10, decided: { send: 8, refuse: 2 }, reasons: { no_consent: 2 }, handed: 7, unknown: 1, cost: '0.35', priced: 7, told: { opened: 3, clicked: 1 } }),
      counts({ people: 5, decided: { hold_out: 5 }, reasons: { control: 5 } }),
      counts({ people: 4, decided: { send: 1, defer: 3 }, reasons: { quiet_hours: 3 }, queued: 1, refused: 2, cost: '0.1005', priced: 1, told: { clicked: 2 } }),
    ]);
    expect(sum).toEqual(counts({
      people: 19, decided: { send: 9, refuse: 2, hold_out: 5, defer: 3 }, reasons: { no_consent: 2, control: 5, quiet_hours: 3 },
      queued: 1, handed: 7, refused: 2, unknown: 1, cost: '0.4505', priced: 8, told: { opened: 3, clicked: 3 },
    }));
  });

  it('are nothing where there are none', () => {
    expect(sumCounts([])).toEqual(counts({}));
  });
});
