import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyProfile, type Profile } from './profile.ts';
import { joinSteps, stepsBetween, withoutSteps } from './profile-steps.ts';

const text = fc.option(fc.constantFrom('杭州', '上海', '__proto__', ''), { nil: null });
const key = fc.constantFrom('plan', 'personal.x', 'constructor', '__proto__');
const profile: fc.Arbitrary<Profile> = fc.record({
  name: text, gender: fc.constantFrom('male' as const, 'female' as const, null), birthDate: text, country: text, province: text, city: text, language: text,
  personal: fc.dictionary(key, fc.string()),
  attributes: fc.dictionary(key, fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 2 }))),
});

describe('what an import made of a profile', () => {
  it('is taken back whole where nothing happened since, over any number of rows', () => {
    fc.assert(fc.property(profile, profile, profile, (before, between, after) => {
      const steps = joinSteps(stepsBetween(before, between), stepsBetween(between, after));
      expect(withoutSteps(after, steps)).toEqual(withoutSteps(before, {}));
    }));
  });

  it('leaves what was changed again since, and what it never touched', () => {
    const before = { ...emptyProfile, city: '杭州', attributes: { plan: 'gold', size: 'M' } };
    const imported = { ...before, city: '上海', name: '张三', attributes: { plan: 'silver', size: 'M', vip: true } };
    const edited = { ...imported, city: '北京', attributes: { ...imported.attributes, size: 'L' } };
    expect(withoutSteps(edited, stepsBetween(before, imported))).toEqual({ ...before, city: '北京', attributes: { plan: 'gold', size: 'L' } });
  });
});
