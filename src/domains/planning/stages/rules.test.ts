import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stageFactNames, stageFacts, stageKeys } from '../contract.ts';
import { factsOf } from './facts.ts';
import { judge, judgeFact, progressOf, reachedOf, warningsOf } from './rules.ts';

const unknown = { customers: null, collect: null, audiences: null, insights: null, membership: null, messaging: null, campaigns: null };
const years = { from: '2026-01-01', until: '2030-12-31' };

describe('whether something of a stage is done', () => {
  it('is said of what is known alone: nothing known is neither done nor short', () => {
    expect([judge(5, 5), judge(4.9, 5), judge(null, 0), judge(3, 5, 'at_most'), judge(6, 5, 'at_most')]).toEqual(['met', 'short', 'no_data', 'met', 'short']);
    expect(judgeFact('basic_reports', { basic_reports: 3 })).toMatchObject({ state: 'short', value: '3', target: '4', path: '/insights/reporting' });
    expect(judgeFact('basic_reports', { basic_reports: 3 }, 3)).toMatchObject({ state: 'met', target: '3' });
    expect(judgeFact('basic_reports', {})).toMatchObject({ state: 'no_data', value: null });
  });

  it('is never said of what is not in the product, and asked of every fact that is', () => {
    const known = factsOf(unknown);
    for (const fact of stageFactNames) {
      if (stageFacts[fact].path === null) {
        expect(judgeFact(fact, { [fact]: 1_000 }).state).toBe('absent');
        expect(known).not.toHaveProperty(fact);
      } else expect(known).toHaveProperty(fact, null);
    }
  });

  it('counts shares of nothing as nothing known', () => {
    const facts = factsOf({ ...unknown, customers: { people: 0, shareWithConsent: null }, campaigns: { begun: 0, withControl: 0, measured: 0, recurring: 0 }, membership: null });
    expect(facts).toMatchObject({ control_groups: null, consent_recorded: null, members_joined: null, campaigns_run: 0 });
    expect(factsOf({ ...unknown, campaigns: { begun: 5, withControl: 4, measured: 1, recurring: 0 } }).control_groups).toBe(0.8);
  });
});

describe('the stage a team is really in', () => {
  it('is the first that is not passed, whatever was done of later ones', () => {
    const at = (...passed: boolean[]) => reachedOf(stageKeys.map((stage, n) => ({ stage, isPassed: passed[n] })));
    expect([at(false, true, true, true), at(true, false, true, true), at(true, true, true, true)]).toEqual(['foundation', 'experiments', null]);
  });

  it('is not left while anything of it is short, unknown or not in the product', () => {
    const state = fc.constantFrom('met' as const, 'short' as const, 'no_data' as const, 'absent' as const);
    fc.assert(fc.property(fc.array(fc.record({ state }), { maxLength: 12 }), (criteria) => {
      const { met, total, isPassed } = progressOf(criteria);
      expect(isPassed).toBe(total > 0 && criteria.every((each) => each.state === 'met'));
      expect(met).toBeLessThanOrEqual(total);
    }));
  });
});

describe('when stages are', () => {
  it('is warned of where they overlap, change their order or leave the plan, and not where one begins on the day after the other', () => {
    const foundation = { stage: 'foundation' as const, from: '2026-01-01', to: '2026-12-31' };
    expect(warningsOf([foundation, { stage: 'experiments', from: '2027-01-01', to: '2027-12-31' }], years)).toEqual([]);
    expect(warningsOf([{ stage: 'experiments', from: '2026-12-31', to: '2027-12-31' }, foundation], years)).toEqual([{ kind: 'overlap', stage: 'foundation', other: 'experiments' }]);
    expect(warningsOf([{ ...foundation, from: '2027-01-01', to: '2027-06-30' }, { stage: 'value', from: '2026-01-01', to: '2026-12-31' }], years)).toEqual([{ kind: 'order', stage: 'foundation', other: 'value' }]);
    expect(warningsOf([{ stage: 'loyalty', from: '2030-01-01', to: '2031-01-01' }], years)).toEqual([{ kind: 'outside', stage: 'loyalty', other: null }]);
  });
});
