import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskEmail, maskIdentifier, maskName, maskPhone, maskText } from './mask.ts';
import { applySaid, emptyProfile, mergeProfiles } from './profile.ts';
import { readTraits } from './traits.ts';

describe('traits', () => {
  it('reads the names of Segment and of Chinese systems', () => {
    expect(readTraits({ firstName: '小明', lastName: '王', sex: 'F', dateOfBirth: '1990/5/7', address: { region: '浙江', city: '杭州' }, locale: 'zh-CN' }))
      .toMatchObject({ name: '王小明', gender: 'female', birthDate: '1990-05-07', province: '浙江', city: '杭州', language: 'zh-CN' });
    expect(readTraits({ 姓名: '李雷', 性别: '男', 手机号: 13800138000, 生日: '19900517' })).toMatchObject({ name: '李雷', gender: 'male', phone: '13800138000', birthDate: '1990-05-17' });
    expect(readTraits({ first_name: 'Anna', last_name: 'Smith' }).name).toBe('Anna Smith');
  });

  it('keeps apart what is personal by name or by form', () => {
    const { personal, attributes } = readTraits({ nickname: '小王', plan: 'gold', contact: '13800138000', backup: ['a@example.com'], note: '请打 138-0013-8000', visits: 3, member: true });
    expect(personal).toEqual({ nickname: '小王', contact: '13800138000', backup: '["a@example.com"]', note: '请打 138-0013-8000' });
    expect(attributes).toEqual({ plan: 'gold', visits: 3, member: true });
  });

  it('leaves out what cannot be kept: impossible dates, deep nests, dangerous names, too much', () => {
    const said = readTraits(JSON.parse('{"__proto__":{"x":1},"constructor":1,"a":{"b":{"c":{"d":1}}},"birthday":"1990-02-30","n":1e999,"t":"x\\u0000y"}'));
    expect(said.birthDate).toBeUndefined();
    expect(said.attributes).toEqual({ t: 'xy' });
    expect(Object.keys(readTraits(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i]))).attributes)).toHaveLength(200);
  });

  it('never throws and never lets a prototype be touched, whatever is sent', () => {
    fc.assert(fc.property(fc.dictionary(fc.oneof(fc.constantFrom('__proto__', 'gender', 'birthday', 'name', 'address'), fc.string()), fc.jsonValue()), (traits) => {
      const profile = applySaid(emptyProfile, readTraits(traits as Record<string, unknown>), true);
      expect(Object.getPrototypeOf(profile.attributes)).toBe(Object.prototype);
    }));
  });
});

describe('profiles', () => {
  it('take the newest word and let older ones fill gaps', () => {
    const known = applySaid(emptyProfile, readTraits({ city: '北京', plan: 'gold' }), true);
    expect(applySaid(known, readTraits({ city: '上海', province: '上海', plan: 'basic' }), false)).toMatchObject({ city: '北京', province: '上海', attributes: { plan: 'gold' } });
    expect(applySaid(known, readTraits({ plan: null }), true).attributes).toEqual({});
  });

  it('of a lineage fill what the survivor leaves empty', () => {
    const [a, b] = [readTraits({ name: '甲', x: 1 }), readTraits({ name: '乙', city: '上海', x: 2, y: 2 })].map((said) => applySaid(emptyProfile, said, true));
    expect(mergeProfiles([a, b])).toMatchObject({ name: '甲', city: '上海', attributes: { x: 1, y: 2 } });
  });
});

describe('masks', () => {
  it.each([
    [maskPhone('+8613800138000'), '138****8000'],
    [maskPhone('+442079460958'), '+44****0958'],
    [maskName('王小明'), '王**'],
    [maskName('𠮷田'), '𠮷**'],
    [maskEmail('zhang@example.com'), 'z***@example.com'],
    [maskText('abc'), 'a****'],
    [maskText('ab'), '****'],
    [maskIdentifier('external_id', 'CQ1'), 'CQ1'],
    [maskIdentifier('external_id', '13800138000'), '13****'],
  ])('%s', (masked, expected) => {
    expect(masked).toBe(expected);
  });
});
