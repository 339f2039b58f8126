import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { firstRules, gateRules } from '../../contract/gate-rules.ts';
import { readRules, writeRules } from './store.ts';

describe('rules of the gate', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  it('are those a shop begins with until somebody sets others, and each change is a version of its own', async () => {
    const { pg } = test.platform;
    expect(await readRules(pg)).toEqual({ rulesNo: null, rules: firstRules });
    const changed = { ...firstRules, caps: [], universalControl: 100 };
    const first = await inTransaction(pg, (client) => writeRules(client, firstRules, 'Li', new Date('2026-06-01')));
    const second = await inTransaction(pg, (client) => writeRules(client, changed, 'Wang', new Date('2026-06-02')));
    expect(second).toBeGreaterThan(first);
    expect(await readRules(pg)).toEqual({ rulesNo: second, rules: changed });
    const { rows } = await pg.query('select by, at from gate_rules order by rules_no');
    expect(rows).toEqual([{ by: 'Li', at: new Date('2026-06-01') }, { by: 'Wang', at: new Date('2026-06-02') }]);
  });

  it('are complete as a shop begins with them', () => {
    expect(gateRules.parse(firstRules)).toEqual(firstRules);
  });

  const cap = firstRules.caps[0];
  const quiet = firstRules.quiet[0];
  it.each([
    ['a cap of none', { caps: [{ ...cap, most: 0 }] }],
    ['a cap of half a message', { caps: [{ ...cap, most: 1.5 }] }],
    ['a window longer than what is remembered', { caps: [{ ...cap, per: { count: 91, unit: 'day' } }] }],
    ['a window in weeks', { caps: [{ ...cap, per: { count: 1, unit: 'week' } }] }],
    ['a channel that is none', { caps: [{ ...cap, channel: 'pigeon' }] }],
    ['an hour that no clock shows', { quiet: [{ ...quiet, from: '24:00' }] }],
    ['a minute that no clock shows', { quiet: [{ ...quiet, until: '08:60' }] }],
    ['more rules than anybody could keep in mind', { caps: Array.from({ length: 21 }, () => cap) }],
    ['a control group of half of everybody', { universalControl: 5_000 }],
    ['an age of nobody', { leastAge: 0 }],
    ['decisions kept for less than a cap remembers and a campaign counts', { keptMonths: 6 }],
    ['rules that do not say how long decisions are kept', { keptMonths: undefined }],
  ])('do not take %s', (_, wrong) => {
    expect(gateRules.safeParse({ ...firstRules, ...wrong }).success).toBe(false);
  });
});
