import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDesignServer, type DesignServer } from '../../../../test/programme-design-server.ts';
import { sampleProgramme } from '../../../../test/sample-programme.ts';
import {
  changeDraft,
  compareVersions,
  deleteDraft,
  endPause,
  listReadyMade,
  listVersions,
  pauseProgramme,
  previewProgramme,
  readProgramme,
  readVersion,
  withdrawVersion,
} from '../contract.ts';
import { createProgramme } from './programme.ts';

describe('a version of the programme', () => {
  let brand: DesignServer;
  beforeAll(async () => {
    brand = await createDesignServer();
  });
  afterAll(() => brand.at.close());

  it('is drafted, changed by one person at a time, and thrown away', async () => {
    const { at, draft } = brand;
    const versionNo = await draft(sampleProgramme());
    const change = (revision: number, note: string) =>
      at.ask(changeDraft, {
        params: { versionNo },
        body: { revision, note, definition: sampleProgramme({ points: { pendingDays: 3 } }) },
      });
    expect(await change(1, '试用期改为 3 天')).toMatchObject({
      status: 200,
      body: { revision: 2, note: '试用期改为 3 天', phase: 'draft', editedBy: 'test staff' },
    });
    expect(await change(1, 'late')).toMatchObject({
      status: 409,
      code: 'membership.programme_changed',
    });
    expect((await at.ask(readVersion, { params: { versionNo } })).body).toMatchObject({
      definition: { points: { pendingDays: 3 } },
      changes: null,
      startsOn: null,
    });
    expect((await at.ask(deleteDraft, { params: { versionNo } })).status).toBe(204);
    expect(await at.ask(readVersion, { params: { versionNo } })).toMatchObject({
      status: 404,
      code: 'membership.programme_version_not_found',
    });
  });

  it('is not published while something about it is wrong, and says what and where', async () => {
    const { draft, start } = brand;
    const [silver, gold, black] = sampleProgramme().tiers;
    const refused = await start(
      await draft(
        sampleProgramme({
          tiers: [silver, { ...gold, entry: 9_000, keep: 9_001 }, black],
          points: { rate: { amount: 0, per: '1' } },
        }),
      ),
      '2026-07-01',
    );
    expect(refused).toMatchObject({ status: 400, code: 'membership.programme_wrong' });
    expect(
      (refused.body as unknown as { errors: { path: string }[] }).errors.map(({ path }) => path),
    ).toEqual([
      'body.definition.tiers.1.keep',
      'body.definition.tiers.2.entry',
      'body.definition.tiers.2.keep',
      'body.definition.points.rate.amount',
    ]);
    expect(refused.text).toContain('black begins at 5,000 growth, below gold at 9,000.');
  });

  it('comes into force with a day of the brand’s time zone, one a day, never in the past once one is in force', async () => {
    const { at, draft, start } = brand;
    const programme = createProgramme(at.platform);
    const first = await draft(sampleProgramme());
    expect(await start(first, '2024-01-01')).toMatchObject({
      status: 200,
      body: {
        phase: 'in_force',
        startsOn: '2024-01-01',
        publishedBy: 'test staff',
        approvedBy: null,
      },
    });
    await brand.join(1, first);
    const second = await draft(sampleProgramme({ points: { pendingDays: 7 } }));
    expect(await start(second, '2026-06-18')).toMatchObject({
      status: 409,
      code: 'membership.programme_starts_in_past',
    });
    expect(await start(second, '2025-01-01')).toMatchObject({
      status: 409,
      code: 'membership.programme_starts_in_past',
    });
    expect(await start(second, '2026-06-19')).toMatchObject({
      status: 200,
      body: { phase: 'coming' },
    });
    const third = await draft(sampleProgramme());
    expect(await start(third, '2026-06-19')).toMatchObject({
      status: 409,
      code: 'membership.programme_day_taken',
    });
    expect(await start(second, '2026-06-20')).toMatchObject({
      status: 409,
      code: 'membership.programme_is_published',
    });
    const midnight = Date.parse('2026-06-18T16:00:00Z');
    expect([
      (await programme.at(midnight - 1))?.versionNo,
      (await programme.at(midnight))?.versionNo,
    ]).toEqual([first, second]);
    const { body } = await at.ask(listVersions);
    expect(
      body.rows
        .filter(({ phase }) => phase !== 'draft')
        .map(({ versionNo, phase, startsOn, endsOn }) => [versionNo, phase, startsOn, endsOn]),
    ).toEqual([
      [second, 'coming', '2026-06-19', null],
      [first, 'in_force', '2024-01-01', '2026-06-18'],
    ]);
  });

  it('may have had other rules at other times, as long as nobody has earned by any', async () => {
    const other = await createDesignServer();
    try {
      const old = await other.draft(sampleProgramme({ points: { rate: { amount: 1, per: '10' } } }));
      const newer = await other.draft(sampleProgramme({ points: { rate: { amount: 1, per: '8' } } }));
      expect(await other.start(newer, '2023-01-01')).toMatchObject({ status: 200 });
      expect(await other.start(old, '2021-01-01')).toMatchObject({ status: 200 });
      const programme = createProgramme(other.at.platform);
      const inForce = async (day: string) => (await programme.at(Date.parse(day)))?.versionNo;
      expect([await inForce('2020-06-01'), await inForce('2022-06-01'), await inForce('2026-06-01')]).toEqual([undefined, old, newer]);
      await other.join(1, newer);
      expect(await other.start(await other.draft(sampleProgramme()), '2022-01-01')).toMatchObject({
        status: 409,
        code: 'membership.programme_starts_in_past',
      });
    } finally {
      await other.at.close();
    }
  });

  it('never changes once it is published, whatever asks for it', async () => {
    const { at } = brand;
    const { pg } = at.platform;
    const {
      rows: [{ versionNo }],
    } = await pg.query<{ versionNo: number }>(
      `select version_no as "versionNo" from programme_version where state = 'published' limit 1`,
    );
    expect(
      await at.ask(changeDraft, {
        params: { versionNo },
        body: { revision: 1, definition: sampleProgramme() },
      }),
    ).toMatchObject({ status: 409, code: 'membership.programme_is_published' });
    expect(await at.ask(deleteDraft, { params: { versionNo } })).toMatchObject({
      status: 409,
      code: 'membership.programme_is_published',
    });
    for (const sql of [
      "update programme_version set definition = '{}' where version_no = $1",
      'update programme_version set starts_at = now() where version_no = $1',
      "update programme_version set state = 'draft' where version_no = $1",
      'delete from programme_version where version_no = $1',
    ]) {
      await expect(pg.query(sql, [versionNo])).rejects.toThrow('does not change');
    }
  });

  it('can be withdrawn before it begins, with a reason, and not after', async () => {
    const { at } = brand;
    const {
      body: { rows },
    } = await at.ask(listVersions);
    const withdraw = (versionNo: number) =>
      at.ask(withdrawVersion, { params: { versionNo }, body: { reason: '规则有误' } });
    const [coming, inForce] = [
      rows.find(({ phase }) => phase === 'coming')!,
      rows.find(({ phase }) => phase === 'in_force')!,
    ];
    expect(await withdraw(inForce.versionNo)).toMatchObject({
      status: 409,
      code: 'membership.programme_has_begun',
    });
    expect(await withdraw(coming.versionNo)).toMatchObject({
      status: 200,
      body: { phase: 'withdrawn', reason: '规则有误', withdrawnBy: 'test staff' },
    });
    expect(await withdraw(coming.versionNo)).toMatchObject({
      status: 409,
      code: 'membership.programme_not_promised',
    });
  });
});

describe('a programme under way', () => {
  let brand: DesignServer;
  const [silver, gold, black] = sampleProgramme().tiers;
  beforeAll(async () => {
    brand = await createDesignServer();
    const versionNo = await brand.draft(sampleProgramme());
    for (const no of [1, 2, 3, 4, 5]) await brand.join(no, versionNo, no < 3 ? 'gold' : 'silver');
    await brand.start(versionNo, '2025-01-01');
  });
  afterAll(() => brand.at.close());

  it('says how many hold each tier, and where they go whose tier ends', async () => {
    const { at, draft, start } = brand;
    expect((await at.ask(readProgramme)).body.held).toEqual({ gold: 2, silver: 3 });
    const without = await draft(sampleProgramme({ tiers: [silver, black] }));
    expect((await start(without, '2026-07-01')).text).toContain(
      'The tier “gold” is gone, and 2 people hold it. Say which tier they go to.',
    );
    expect(
      (await at.ask(readVersion, { params: { versionNo: without } })).body.findings.map(
        ({ path }) => path,
      ),
    ).toContain('removedTiers.gold');
    const mapped = await draft(
      sampleProgramme({ tiers: [silver, black], removedTiers: { gold: 'silver' } }),
    );
    expect(await start(mapped, '2026-07-01')).toMatchObject({ status: 200 });
  });

  it('lets no version come before another that would not know where its people go, nor one be taken away between two', async () => {
    const { at, draft, start } = brand;
    const platinum = {
      ...gold,
      key: 'platinum',
      names: { en: 'platinum' },
      entry: 3_000,
      keep: 2_000,
    };
    const before = await draft(sampleProgramme({ tiers: [silver, gold, platinum, black] }));
    expect(await start(before, '2026-06-25')).toMatchObject({
      status: 409,
      code: 'membership.programme_strands',
    });
    const later = await draft(sampleProgramme({ tiers: [silver, black] }));
    expect(await start(later, '2026-08-01')).toMatchObject({ status: 200 });
    const {
      body: { rows },
    } = await at.ask(listVersions);
    const mapping = rows.find(({ startsOn }) => startsOn === '2026-07-01')!;
    expect(
      await at.ask(withdrawVersion, {
        params: { versionNo: mapping.versionNo },
        body: { reason: 'x' },
      }),
    ).toMatchObject({ status: 409, code: 'membership.programme_strands' });
  });

  it('is told in the language of who asks, and compared in words', async () => {
    const { at, draft } = brand;
    const versionNo = await draft(
      sampleProgramme({ points: { expiry: { kind: 'duration', months: 12, roundTo: 'month' } } }),
    );
    const { body } = await at.ask(
      compareVersions,
      { query: { before: 1, after: versionNo } },
      { locale: 'zh-CN' },
    );
    expect(body.changes.map(({ before, after }) => [before, after])).toEqual([
      ['积分永久有效', '积分满 12 个月后，于当月底失效'],
      [null, '退还时已过期的积分，恢复 30 天有效'],
    ]);
    expect((await at.ask(readVersion, { params: { versionNo } })).body).toMatchObject({
      changesFrom: 1,
      changes: [{ after: 'Points end after 12 months, at the end of that month' }, {}],
    });
    expect((await at.ask(compareVersions, { query: { before: 1, after: 999 } })).status).toBe(404);
  });

  it('is tried on an order before it is published, by the rules that will count', async () => {
    const { at } = brand;
    const definition = sampleProgramme({
      points: {
        pendingDays: 7,
        expiry: { kind: 'duration', months: 1, roundTo: 'month' },
        multipliers: [
          {
            key: 'double',
            names: { en: 'Gold bonus' },
            when: { kind: 'tier', tiers: ['gold'] },
            factor: '1.5',
          },
        ],
        thresholds: [{ from: '200', points: 30 }],
      },
    });
    const { body } = await at.ask(previewProgramme, {
      body: { definition, order: { amount: '250.50', pointsPaid: '10', tier: 'gold' } },
    });
    expect(body.order).toMatchObject({
      base: '240.5',
      points: 390,
      growth: 240,
      spendableOn: '2026-06-26',
      lastDay: '2026-07-31',
    });
    expect(body.order.steps).toEqual([
      '¥250.50 of goods (less ¥10.00 what points paid): ¥240.50 counts',
      '¥240.50 of it × 1.5 for Gold bonus',
      '1 point for every ¥1.00 spent comes to 360.75, rounded 360',
      '30 more for ¥200.00 or over',
      '390 points in all',
      '240 growth for ¥240.50',
    ]);
    expect(body.findings.map(({ level }) => level)).not.toContain('wrong');
  });

  it('is tried on a member before it is published, from joining to what comes after the last order', async () => {
    const { at } = brand;
    const definition = sampleProgramme({ tierRules: { graceDays: 30 } });
    const way = async (member: object) =>
      (await at.ask(previewProgramme, { body: { definition, member } })).body.way.map(
        ({ on, text }) => `${on} ${text}`,
      );
    expect(await way({ monthly: '500', months: 14 })).toEqual([
      '2026-06-01 Joins as silver',
      '2026-07-15 Reaches gold with 1,000 growth',
      '2027-03-15 Reaches black with 5,000 growth',
      '2028-03-16 Misses the standard of black: 2,000 of 4,000 growth',
      '2028-04-15 Drops from black to gold: 2,000 of 4,000 growth',
      '2029-04-15 Misses the standard of gold: 0 of 800 growth',
      '2029-05-15 Drops from gold to silver: 0 of 800 growth',
    ]);
    expect(await way({ monthly: '0', months: 1 })).toEqual(['2026-06-01 Joins as silver']);
  });

  it('can begin with one that is ready made', async () => {
    const { body } = await brand.at.ask(listReadyMade);
    expect(body.programmes.map(({ key }) => key)).toEqual([
      'consumer_goods',
      'retail_chain',
      'simple',
    ]);
    expect(body.programmes.every(({ sentences }) => sentences.length > 15)).toBe(true);
  });

  it('is paused at midnight until a day, goes on at once, and forgets a pause that has not begun', async () => {
    const { at } = brand;
    const programme = createProgramme(at.platform);
    const paused = await at.ask(pauseProgramme, {
      body: { fromDay: '2026-06-19', untilDay: '2026-06-22', reason: '系统升级' },
    });
    expect(paused).toMatchObject({
      status: 201,
      body: {
        from: '2026-06-18T16:00:00.000Z',
        until: '2026-06-21T16:00:00.000Z',
        phase: 'coming',
        pausedBy: 'test staff',
      },
    });
    expect(await programme.pauses()).toEqual([
      { from: Date.parse('2026-06-18T16:00:00Z'), until: Date.parse('2026-06-21T16:00:00Z') },
    ]);
    expect(await at.ask(pauseProgramme, { body: { reason: 'x' } })).toMatchObject({
      status: 409,
      code: 'membership.pause_overlaps',
    });
    at.setTime('2026-06-20T00:00:00Z');
    expect((await at.ask(readProgramme)).body.pauses).toMatchObject([{ phase: 'now' }]);
    expect((await at.ask(endPause, { params: { pauseNo: paused.body.pauseNo } })).status).toBe(204);
    expect((await at.ask(readProgramme)).body.pauses).toMatchObject([
      { phase: 'over', until: '2026-06-20T00:00:00.000Z', resumedBy: 'test staff' },
    ]);
    expect(await at.ask(endPause, { params: { pauseNo: paused.body.pauseNo } })).toMatchObject({
      status: 409,
      code: 'membership.pause_is_over',
    });
    const other = await at.ask(pauseProgramme, { body: { fromDay: '2026-07-01', reason: 'x' } });
    await at.ask(endPause, { params: { pauseNo: other.body.pauseNo } });
    expect((await at.ask(readProgramme)).body.pauses).toHaveLength(1);
    expect(await at.ask(endPause, { params: { pauseNo: 999 } })).toMatchObject({
      status: 404,
      code: 'membership.pause_not_found',
    });
  });
});
