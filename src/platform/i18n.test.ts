import { expect, it } from 'vitest';
import { spoken } from './i18n.ts';

it('writes days, quarters and months as their reader does, and leaves alone what only looks like one', () => {
  const said = { day: '2026-06-18', month: '2026-06', quarter: '2026-Q3', many: ['2026-06-18', '甲'] };
  expect(spoken(said, 'zh-CN')).toEqual({ day: '2026/06/18', month: '2026/06', quarter: '2026 Q3', many: '2026/06/18和甲' });
  const named = { name: '2026-99-99', other: '2026-02-30', part: '2026-13', half: '2026-H1', count: 3 };
  expect([spoken(named, 'en'), spoken(named, 'zh-CN')]).toEqual([named, named]);
});
