import { describe, expect, it } from 'vitest';
import { sampleProgramme } from '../../../../../../test/sample-programme.ts';
import { definitionOf, errorsByField, fieldOf, freeKey, lackOf } from './draft.ts';

describe('the form of a programme', () => {
  it('leaves out what was left empty', () => {
    const definition = sampleProgramme();
    const typed = { ...definition, names: { 'zh-CN': '俱乐部', 'zh-TW': '', en: '' } };
    expect(definitionOf(typed)).toEqual({ ...definition, names: { 'zh-CN': '俱乐部' } });
  });

  it.each([
    ['tiers.2.entry', ['tiers', 2, 'entry']],
    ['body.definition.tiers.0.names.en', ['tiers', 0, 'names']],
    ['points.multipliers.1.when.products.4', ['points', 'multipliers', 1, 'when']],
    ['points.expiry.day', ['points', 'expiry']],
    ['tierRules.clock.months', ['tierRules', 'clock', 'months']],
    ['tierRules.clock', ['tierRules', 'clock']],
    ['joining.channels.3', ['joining', 'channels']],
    ['body.definition.autoRedeem.itemNo', ['autoRedeem']],
    ['removedTiers.gold', ['removedTiers', 'gold']],
  ])('shows what is wrong with %s at its field', (path, name) => {
    expect(fieldOf(path)).toEqual(name);
  });

  it('shows all that is wrong with a field together', () => {
    const found = errorsByField([
      { path: 'points.expiry.day', text: 'a' },
      { path: 'points.expiry.month', text: 'b' },
      { path: 'points.worth', text: 'c' },
    ]);
    expect([...found.values()]).toEqual([
      { name: ['points', 'expiry'], errors: ['a', 'b'] },
      { name: ['points', 'worth'], errors: ['c'] },
    ]);
  });

  it('tells what was left empty: a name in any language, or a value', () => {
    const path = 'body.definition.points.multipliers.0';
    expect([lackOf({ path: `${path}.names`, code: 'custom' }), lackOf({ path: `${path}.names.zh-CN`, code: 'too_small' }), lackOf({ path: `${path}.names.en`, code: 'too_big' })]).toEqual(['name', 'name', null]);
    expect([lackOf({ path: `${path}.factor`, code: 'invalid_type' }), lackOf({ path: `${path}.factor`, code: 'custom' })]).toEqual(['value', null]);
  });

  it('gives a new thing a key that is not taken', () => {
    expect(freeKey('tier', [])).toBe('tier_1');
    expect(freeKey('tier', ['silver', 'tier_3'])).toBe('tier_4');
  });
});
