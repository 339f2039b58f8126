import { describe, expect, it } from 'vitest';
import type { Program } from '../../../../kernel/program.ts';
import { lanes } from '../../contract.ts';
import { gapsOf } from './gaps.ts';

const lift: Program['lift'] = { revenue: { difference: 10, low: 1, high: 19 }, margin: null, countedUntil: '2026-06-01T00:00:00Z', isFinal: false };
const run = (key: string, changes: Partial<Program> = {}) => ({ key, state: 'running' as const, hasControl: true, lift: null, ...changes });
const everyLane = lanes.map((lane) => ({ lane, metric: 'buyers' }));

describe('the gaps of a core business', () => {
  it('are all there are while nothing is written', () => {
    const { lanes: found, programs } = gapsOf([], [], []);
    for (const lane of lanes) expect(found[lane]).toEqual(['not_told', 'no_metric', 'no_program']);
    expect(programs.size).toBe(0);
  });

  it('are closed lane by lane: said, measured, and with a program that still is one', () => {
    const told = [...everyLane.slice(1), { lane: 'acquisition' as const, metric: null }];
    const placed = [
      { program: 'campaign:1', lane: 'activation' as const }, { program: 'campaign:9', lane: 'retention' as const },
      { program: 'campaign:2', lane: null }, { program: 'activity:1', lane: 'acquisition' as const },
    ];
    const found = gapsOf(told, placed, [run('campaign:1'), run('campaign:2'), run('activity:1', { state: 'ended' })]).lanes;
    expect(found).toEqual({ acquisition: ['no_metric'], activation: [], retention: ['no_program'], revenue: ['no_program'], referral: ['no_program'] });
  });

  it('are told of what runs now alone: nobody is left out, or nothing is measured yet', () => {
    const programs = [
      run('campaign:1', { lift }), run('campaign:2'), run('benefit:1', { hasControl: false }),
      run('campaign:3', { state: 'planned', hasControl: false }), run('campaign:4', { state: 'ended' }),
    ];
    expect([...gapsOf(everyLane, [], programs).programs]).toEqual([['campaign:2', 'no_result'], ['benefit:1', 'no_control']]);
  });
});
