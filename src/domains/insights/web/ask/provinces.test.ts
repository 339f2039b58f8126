import { describe, expect, it } from 'vitest';
import { provinceOf, provinces } from './provinces.ts';

describe('provinces', () => {
  it('are all 34, each with a place and a code of its own', () => {
    expect(provinces).toHaveLength(34);
    for (const of of ['iso', 'digits', 'zh', 'tw', 'en'] as const) expect(new Set(provinces.map((province) => province[of])).size, of).toBe(34);
    expect(new Set(provinces.map(({ at }) => at.join())).size).toBe(34);
  });

  it('are found by every name and code of theirs', () => {
    for (const province of provinces) {
      for (const name of [province.zh, province.tw, province.en, province.en.toUpperCase(), `CN-${province.iso}`, `${province.digits}0000`, ...(province.also ?? [])]) {
        expect(provinceOf(name)?.iso, name).toBe(province.iso);
      }
    }
  });

  it.each([
    ['浙江省', 'ZJ'],
    ['浙江省杭州市', 'ZJ'],
    ['浙江杭州', 'ZJ'],
    [' Zhejiang Province ', 'ZJ'],
    ['zhe jiang', 'ZJ'],
    ['Shaanxi', 'SN'],
    ['Shanxi', 'SX'],
    ['广西壮族自治区', 'GX'],
    ['Guangxi Zhuang Autonomous Region', 'GX'],
    ['新疆维吾尔自治区', 'XJ'],
    ['Xinjiang Uygur Autonomous Region', 'XJ'],
    ['内蒙古自治区', 'NM'],
    ['Hong Kong SAR', 'HK'],
    ['香港特别行政区', 'HK'],
    ['台湾省', 'TW'],
    ['臺灣', 'TW'],
    ['北京市', 'BJ'],
    ['海南省', 'HI'],
    ['海南藏族自治州', 'QH'],
    ["Shaan'xi", 'SN'],
    ['330106', 'ZJ'],
  ])('%s is %s', (text, iso) => {
    expect(provinceOf(text)?.iso).toBe(iso);
  });

  it.each(['', 'United Kingdom', '杭州', '未知', '99', '地区 3', 'constructor', '华东', '33010612345'])('"%s" is none', (text) => {
    expect(provinceOf(text)).toBeNull();
  });
});
