import { describe, expect, it } from 'vitest';
import { zoneOfPerson } from './time-zone.ts';

describe('where somebody lives', () => {
  it.each([
    ['America/New_York', null, 'America/New_York'],
    ['Mars/Olympus', '中国', 'Asia/Shanghai'],
    [null, '中国', 'Asia/Shanghai'],
    [null, 'CN', 'Asia/Shanghai'],
    [null, ' 日本 ', 'Asia/Tokyo'],
    [null, 'Japan', 'Asia/Tokyo'],
    [null, '新加坡', 'Asia/Singapore'],
    [null, '中國', 'Asia/Shanghai'],
    // Several zones: nobody can tell.
    [null, 'US', null],
    [null, 'nowhere', null],
    ['', '', null],
    [null, null, null],
  ])('is told by the zone %s and the country %s: %s', (said, country, zone) => {
    expect(zoneOfPerson(said, country)).toBe(zone);
  });
});
