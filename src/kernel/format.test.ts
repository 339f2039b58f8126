import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const chinese = createFormat({ locale: 'zh-CN', timeZone: 'Asia/Shanghai', currency: 'CNY' });
const english = createFormat({ locale: 'en', timeZone: 'America/New_York', currency: 'GBP' });

describe('money', () => {
  it('is exact where a float would not be', () => {
    expect(chinese.money('99999999999999.99')).toBe('¥99,999,999,999,999.99');
  });

  it('uses the brand’s currency unless told otherwise', () => {
    expect(english.money('9747747.934')).toBe('£9,747,747.93');
    expect(english.money('-12.5', 'CNY')).toBe('-¥12.50');
  });

  it('has no cents where it is an estimate', () => {
    expect(chinese.wholeMoney(-12299.6)).toBe('-¥12,300');
    expect(english.wholeMoney('20500')).toBe('£20,500');
    expect([english.price('0.002'), english.price('3')]).toEqual(['£0.002', '£3.00']);
  });

  it('shortens by the language’s own units', () => {
    expect(chinese.compactMoney('9747747.934')).toBe('¥974.77万');
    expect(english.compactMoney('9747747.934')).toBe('£9.75M');
  });
});

describe('numbers', () => {
  it('stay whole below ten thousand', () => {
    expect(chinese.compact(4372)).toBe('4,372');
    expect(english.compact(4372)).toBe('4,372');
    expect(english.compact(9999.999)).toBe('10,000');
  });

  it('become 万 and 亿, K and M', () => {
    expect(chinese.compact(541909)).toBe('54.19万');
    expect(chinese.compact(123456789)).toBe('1.23亿');
    expect(english.compact(-541909)).toBe('-541.91K');
  });

  it('show a share as a percentage', () => {
    expect(chinese.percent(0.1254)).toBe('12.5%');
    expect(english.percent(0.1254, 0)).toBe('13%');
  });
});

it('tells the size of a file in the unit that reads well', () => {
  expect(english.bytes(7_618_450)).toBe('7.6 MB');
  expect(english.bytes(0)).toBe('0 bytes');
  expect(chinese.bytes(1_572)).toBe('1.6 kB');
  expect(english.bytes(5e12)).toBe('5,000 GB');
});

describe('moments', () => {
  it('belong to the brand’s day, not to the reader’s', () => {
    expect(chinese.date('2026-06-17T18:00:00Z')).toBe('2026/06/18');
    expect(english.date('2026-06-18T02:00:00Z')).toBe('Jun 17, 2026');
    expect(chinese.dateTime('2026-06-17T16:05:00Z')).toBe('2026/06/18 00:05');
    expect(chinese.time('2026-06-17T16:05:00Z')).toBe('00:05');
  });

  it('leave a bare day as it is, in every zone', () => {
    expect(english.date('2026-06-18')).toBe('Jun 18, 2026');
    expect(chinese.date('2026-06-18')).toBe('2026/06/18');
  });

  it('are told by their distance', () => {
    const now = new Date('2026-06-18T12:00:00Z');
    expect(english.relative('2026-06-18T11:57:00Z', now)).toBe('3 minutes ago');
    expect(english.relative('2026-06-18T11:59:59.900Z', now)).toBe('now');
    expect(chinese.relative('2026-06-18T11:59:38Z', now)).toBe('22秒前');
    expect(chinese.relative('2026-06-19T12:00:00Z', now)).toBe('明天');
  });
});

describe('durations', () => {
  it('keep their two largest units', () => {
    expect(english.duration(7_500_000)).toBe('2 hr 5 min');
    expect(english.duration(93_784_000)).toBe('1 day 2 hr');
    expect(english.duration(450)).toBe('450 ms');
    expect(english.duration(3_600_000)).toBe('1 hr');
    expect(english.duration(0)).toBe('0 ms');
  });
});

it('shows what is not there as a dash', () => {
  for (const text of [chinese.money(null), chinese.number(undefined), chinese.date(''), chinese.duration(null)])
    expect(text).toBe('–');
});

describe('periods of a calendar', () => {
  it('are years, quarters and months as the reader writes them', () => {
    expect(['2026', '2026-Q3', '2026-06', null].map(chinese.period)).toEqual(['2026', '2026 Q3', '2026/06', '–']);
    expect(['2026', '2026-Q3', '2026-06'].map(english.period)).toEqual(['2026', 'Q3 2026', 'Jun 2026']);
  });
});
