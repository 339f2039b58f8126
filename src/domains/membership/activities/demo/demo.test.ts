import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { mallItemDefinition } from '../../contract/mall.ts';
import { activitiesBetween } from '../plan/store.ts';
import { checksOf } from '../rules/checks.ts';
import { stateAt } from '../rules/state.ts';
import { addDemoActivities } from './demo.ts';
import { demoItems } from './demo-items.ts';

describe('activities of the demonstration brand', () => {
  let test: TestPlatform;
  const end = new Date('2026-06-18T04:00:00Z');
  beforeAll(async () => {
    test = await createTestPlatform();
    await inTransaction(test.platform.pg, (client) => addDemoActivities(client, { endMs: end.getTime() } as Parameters<typeof addDemoActivities>[1]));
  });
  afterAll(() => test.close());

  it('have nothing wrong with them, and run or will', async () => {
    const found = await activitiesBetween(test.platform.pg, new Date('2026-01-01T00:00:00Z'), new Date('2026-12-31T00:00:00Z'));
    const { rows } = await test.platform.pg.query<{ itemNo: number; left: number | null }>('select item_no as "itemNo", stock - taken as left from mall_item');
    const context = { now: end, timeZone: 'Asia/Shanghai', tiers: [], items: new Map(rows.map(({ itemNo, left }) => [itemNo, { left }])) };
    for (const { definition } of found) {
      expect(checksOf(definition, context).filter(({ level }) => level === 'error'), definition.does.kind).toEqual([]);
    }
    expect(found.map(({ decided, definition }) => [definition.does.kind, stateAt(decided, definition, end)]).sort()).toEqual([
      ['double_points', 'scheduled'],
      ['exchange', 'running'],
      ['lottery', 'running'],
      ['member_day', 'running'],
      ['sign_in', 'running'],
      ['task', 'running'],
    ]);
  });

  it('give what a mall can hold: what costs points is listed, the prize is not', async () => {
    for (const { definition } of demoItems) expect(mallItemDefinition.safeParse(definition).success).toBe(true);
    const { rows } = await test.platform.pg.query("select state, definition ->> 'points' as points from mall_item order by item_no");
    expect(rows).toEqual([
      { state: 'listed', points: '500' },
      { state: 'listed', points: '1200' },
      { state: 'listed', points: '800' },
      { state: 'draft', points: '0' },
    ]);
  });
});
