import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { nameIn, names, programmeDefinition } from '../contract/programme.ts';
import { createMembers } from '../members/members.ts';
import { createProgramme } from './programme.ts';
import { addDemoProgramme } from './ready-made/demo.ts';
import { demoProgramme } from './ready-made/ready-made.ts';

describe('the programme in force', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  it('is the newest published version that has begun, and none before the first', async () => {
    const { pg } = test.platform;
    const later = await publishSample(pg, sampleProgramme({ points: { pendingDays: 14 } }), '2026-03-01T00:00:00Z');
    const first = await publishSample(pg, sampleProgramme(), '2025-01-01T00:00:00Z');
    await pg.query("insert into programme_version (definition, state, starts_at, edited_by, edited_at) values ('{}', 'draft', '2025-06-01', 'x', now())");
    const programme = createProgramme(test.platform);
    expect((await programme.versions()).map(({ versionNo }) => versionNo)).toEqual([first, later]);
    const at = async (day: string) => (await programme.at(Date.parse(day)))?.versionNo;
    expect([await at('2024-12-31T23:59:59Z'), await at('2025-01-01T00:00:00Z'), await at('2026-02-28T23:59:59Z'), await at('2026-03-01T00:00:00Z')]).toEqual([undefined, first, first, later]);
    expect((await programme.at(Date.now()))?.definition.points.pendingDays).toBe(14);
  });

  it('stands still from a pause to its end, one at a time', async () => {
    const { pg } = test.platform;
    await pg.query("insert into programme_pause (paused_at, resumed_at, reason, paused_by) values ('2026-05-01T00:00Z', '2026-05-03T00:00Z', '盘点', 'x'), ('2026-06-01T00:00Z', null, '升级', 'x')");
    await expect(pg.query("insert into programme_pause (paused_at, reason, paused_by) values ('2026-07-01', '', 'x')")).rejects.toThrow('programme_pause_open');
    const pauses = await createProgramme(test.platform).pauses();
    expect(pauses.map(({ from, until }) => [from, until].map((each) => each && new Date(each).toISOString().slice(0, 10)))).toEqual([['2026-05-01', '2026-05-03'], ['2026-06-01', null]]);
  });

  it('has been in force since the first day of the demonstration brand, whose orders all earned', async () => {
    const other = await createTestPlatform();
    try {
      await inTransaction(other.platform.pg, (client) => addDemoProgramme(client, { startMs: Date.parse('2024-06-18T18:00:00Z') }));
      const programme = createProgramme(other.platform);
      expect(await programme.versions()).toEqual([{ versionNo: 1, startsAt: Date.parse('2024-06-18T16:00:00Z'), definition: programmeDefinition.parse(demoProgramme()) }]);
      expect(await programme.at(Date.parse('2024-06-18T16:00:00Z'))).not.toBeNull();
    } finally {
      await other.close();
    }
  });

  it('has members, whose rows are read by their numbers', async () => {
    const { pg } = test.platform;
    await pg.query(`insert into member (customer_no, joined_at, joined_by, tier, tier_since, cycle_start, version_no)
      select 7, '2026-01-05', 'page', 'silver', '2026-01-05', '2026-01-05', min(version_no) from programme_version`);
    const found = await createMembers(test.platform, createProgramme(test.platform)).read([6, 7]);
    expect([...found.keys()]).toEqual([7]);
    expect(found.get(7)).toMatchObject({ tier: 'silver', leftAt: null, reviewAt: null, dueAt: null });
  });
});

describe('a definition', () => {
  it('is refused where an amount is no exact decimal or a name is missing in every language', () => {
    const wrong = sampleProgramme();
    expect(programmeDefinition.safeParse({ ...wrong, points: { ...wrong.points, rate: { amount: 1, per: '1e3' } } }).success).toBe(false);
    expect(programmeDefinition.safeParse({ ...wrong, points: { ...wrong.points, worth: '-1' } }).success).toBe(false);
    expect(names.safeParse({}).success).toBe(false);
  });

  it('that was promised before points could be exchanged by themselves exchanges none', () => {
    const { autoRedeem: _, ...earlier } = demoProgramme();
    expect(programmeDefinition.parse(earlier).autoRedeem).toBeNull();
  });

  it('is read in a language, or in the first that it has', () => {
    expect([nameIn({ en: 'Gold', 'zh-CN': '金卡' }, 'en'), nameIn({ 'zh-CN': '金卡' }, 'en'), nameIn({ en: 'Gold' }, 'zh-TW')]).toEqual(['Gold', '金卡', 'Gold']);
  });
});
