import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createMembershipServer,
  type MembershipServer,
} from '../../../../test/membership-server.ts';
import { insertLines } from '../../../../test/order-lines.ts';
import { publishSample, sampleProgramme } from '../../../../test/sample-programme.ts';
import { readAudience } from '../../audiences/contract.ts';
import {
  cancelTrial,
  keepTrialPeople,
  listTrials,
  readTrial,
  readTrialPeople,
  startTrial,
} from '../contract.ts';
import { runTrial } from './run-trial.ts';

describe('a trial of a version', () => {
  let shop: MembershipServer;
  let draftNo: number;
  const people = [9_001, 9_002, 9_003, 9_004];
  beforeAll(async () => {
    shop = await createMembershipServer(
      'membership.read membership.design audiences.edit audiences.read',
    );
    const { pg, clickhouse } = shop.platform;
    await shop.platform.jobs.start(false);
    await pg.query(
      'insert into customer (customer_no, created_at) select no, now() from unnest($1::int[]) as n (no)',
      [people],
    );
    await clickhouse.insertRows(
      'customer',
      people.map((no) => ({
        customer_no: no,
        version: 1,
        status: 'active',
        created_at: '2025-01-01 00:00:00.000',
      })),
    );
    const buy = (customerNo: number, order: string, amount: number) => ({
      customerNo,
      order,
      amount,
      at: '2026-05-01T04:00:00.000Z',
    });
    await insertLines(clickhouse, [
      buy(people[0], 'A', 6_000),
      buy(people[1], 'B', 1_500),
      buy(people[2], 'C', 100),
    ]);
    await publishSample(pg, sampleProgramme(), '2026-01-01T00:00:00Z');
    const {
      rows: [{ no }],
    } = await pg.query<{ no: number }>(
      "insert into programme_version (definition, state, edited_by, edited_at) values ($1, 'draft', 'test', now()) returning version_no as no",
      [
        sampleProgramme({
          joining: { who: 'everybody' },
          tiers: sampleProgramme().tiers.map((tier) => ({ ...tier, entry: tier.entry * 2 })),
          points: { rate: { amount: 1, per: '2' } },
        }),
      ],
    );
    draftNo = no;
  });
  afterAll(async () => {
    await shop.platform.jobs.stop();
    await shop.close();
  });
  const tryOut = async (): Promise<number> => {
    const { body } = await shop.ask(startTrial, { body: { versionNo: draftNo } });
    await runTrial(shop, body.trialNo, new AbortController().signal);
    return body.trialNo;
  };

  it('says who would move, what it would cost, and whom it would hit worst and why, beside what is in force', async () => {
    const trialNo = await tryOut();
    const {
      body: { state, versionNo, againstNo, result },
    } = await shop.ask(readTrial, { params: { trialNo } });
    expect({ state, versionNo, againstNo }).toEqual({
      state: 'done',
      versionNo: draftNo,
      againstNo: 1,
    });
    expect(result?.present).toMatchObject({
      members: 3,
      earned: 7_600,
      outstanding: 7_600,
      cost: '76',
      liability: '76',
    });
    expect(result?.draft).toMatchObject({ members: 4, earned: 3_800, cost: '38' });
    expect(result?.moves.toSorted((a, b) => String(a.from).localeCompare(String(b.from)))).toEqual([
      { from: 'black', to: 'gold', people: 1 },
      { from: 'gold', to: 'silver', people: 1 },
      { from: null, to: 'silver', people: 1 },
      { from: 'silver', to: 'silver', people: 1 },
    ]);
    expect([result?.up, result?.down, result?.fewer, result?.more]).toEqual([1, 2, 3, 0]);
    expect(
      result?.worst.map(({ customerNo, levels, pointsLost }) => [customerNo, levels, pointsLost]),
    ).toEqual([
      [people[0], 1, 3_000],
      [people[1], 1, 750],
      [people[2], 0, 50],
    ]);
    expect(result?.worst[0].present.why).toBe(
      'Rose to black on May 1, 2026. Growth 6,000, 5,000 needed.',
    );
    expect(result?.worst[1].draft.why).toBe('Growth 1,500 of the 2,000 that gold takes.');
    expect((await shop.ask(listTrials)).body.trials[0]).toMatchObject({
      trialNo,
      state: 'done',
      progress: 1,
    });
  });

  it('opens every number to its people, who can be kept as an audience', async () => {
    const trialNo = await tryOut();
    const found = await shop.ask(readTrialPeople, { params: { trialNo }, body: { of: 'down' } });
    expect(found.body.size).toBe(2);
    expect(found.body.sentence).toBe(`Members whom version ${draftNo} would move to a lower tier`);
    expect(
      (
        await shop.ask(readTrialPeople, {
          params: { trialNo },
          body: { of: { from: null, to: 'silver' } },
        })
      ).body,
    ).toMatchObject({ size: 1, sentence: `From no member to silver under version ${draftNo}` });
    const {
      body: { audienceId, size },
    } = await shop.ask(keepTrialPeople, {
      params: { trialNo },
      body: { of: 'down', name: 'They would fall' },
    });
    expect(size).toBe(2);
    expect((await shop.ask(readAudience, { params: { audienceId } })).body).toMatchObject({
      size: 2,
    });
    expect(
      (await shop.ask(keepTrialPeople, { params: { trialNo }, body: { of: 'more', name: 'None' } }))
        .code,
    ).toBe('membership.trial_nobody');
  });

  it('is one at a time, can be ended, and is begun again after a crash', async () => {
    const {
      body: { trialNo },
    } = await shop.ask(startTrial, { body: { versionNo: draftNo } });
    expect(await shop.ask(startTrial, { body: { versionNo: draftNo } })).toMatchObject({
      status: 409,
      code: 'membership.trial_under_way',
    });
    const crash = new AbortController();
    crash.abort(new Error('the process ends'));
    await expect(runTrial(shop, trialNo, crash.signal)).rejects.toThrow('the process ends');
    await shop.platform.pg.query(
      "update programme_trial set state = 'running' where trial_no = $1",
      [trialNo],
    );
    expect((await shop.ask(cancelTrial, { params: { trialNo } })).body.state).toBe('running');
    await runTrial(shop, trialNo, new AbortController().signal);
    expect((await shop.ask(readTrial, { params: { trialNo } })).body).toMatchObject({
      state: 'cancelled',
      result: null,
    });
    expect((await shop.ask(cancelTrial, { params: { trialNo } })).code).toBe(
      'membership.trial_over',
    );
    expect((await shop.ask(readTrial, { params: { trialNo: await tryOut() } })).body.state).toBe(
      'done',
    );
  });

  it('refuses what is not there, and who may not', async () => {
    for (const endpoint of [readTrial, cancelTrial] as const)
      expect((await shop.ask(endpoint, { params: { trialNo: 9_999 } })).status).toBe(404);
    expect((await shop.ask(startTrial, { body: { versionNo: 9_999 } })).status).toBe(404);
    expect((await shop.ask(startTrial, { body: { versionNo: 0 } })).status).toBe(400);
    expect(
      (
        await shop.ask(
          startTrial,
          { body: { versionNo: draftNo } },
          { permissions: 'membership.read' },
        )
      ).status,
    ).toBe(403);
    expect(
      (await shop.ask(readTrialPeople, { params: { trialNo: 9_999 }, body: { of: 'up' } })).status,
    ).toBe(404);
    expect(
      (
        await shop.ask(keepTrialPeople, {
          params: { trialNo: 9_999 },
          body: { of: 'up', name: 'x' },
        })
      ).status,
    ).toBe(404);
  });
});
