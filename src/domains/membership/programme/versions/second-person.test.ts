import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staff } from '../../../../../test/harness.ts';
import {
  createDesignServer,
  type DesignServer,
} from '../../../../../test/programme-design-server.ts';
import { sampleProgramme } from '../../../../../test/sample-programme.ts';
import { type Actor, systemActor } from '../../../../kernel/actor.ts';
import {
  changeDraft,
  decideVersion,
  type ProgrammeDefinition,
  readProgramme,
  readVersion,
} from '../../contract.ts';
import { createProgramme } from '../programme.ts';
import { decide, publish } from './publish.ts';

const person = (id: number, name: string): Actor => ({
  ...staff('membership.design', 'membership.approve'),
  id,
  name,
});

describe('a version that wants a second person', () => {
  let brand: DesignServer;
  const generous = (): ProgrammeDefinition =>
    sampleProgramme({
      points: {
        multipliers: [
          {
            key: 'thousand',
            names: { en: 'A thousand' },
            when: { kind: 'birthday', span: 'day' },
            factor: '1000',
          },
        ],
      },
    });
  const [ann, bo] = [person(11, 'Ann'), person(12, 'Bo')];
  beforeAll(async () => {
    brand = await createDesignServer();
  });
  afterAll(() => brand.at.close());

  it('waits for one who neither wrote it nor asked for it, and then begins as it was asked for', async () => {
    const { at, doors, draft } = brand;
    const versionNo = await draft(generous());
    expect(
      await publish(doors, versionNo, { startsOn: '2026-07-01', revision: 1 }, ann),
    ).toMatchObject({ state: 'waiting', publishedById: 11 });
    expect(await createProgramme(at.platform).versions()).toEqual([]);
    expect((await at.ask(readProgramme)).body).toMatchObject({
      current: null,
      coming: [{ versionNo, phase: 'waiting' }],
    });
    const yes = { isApproved: true, reason: '' };
    await expect(decide(doors, versionNo, yes, ann)).rejects.toMatchObject({
      code: 'membership.second_person',
    });
    expect((await at.ask(readVersion, { params: { versionNo } })).body.mayDecide).toBe(false);
    // The account of the tests wrote the draft.
    expect(await at.ask(decideVersion, { params: { versionNo }, body: yes })).toMatchObject({
      status: 403,
      code: 'membership.second_person',
    });
    await expect(decide(doors, versionNo, yes, { ...bo, kind: 'token' })).rejects.toMatchObject({
      code: 'membership.people_only',
    });
    await expect(decide(doors, versionNo, yes, systemActor)).rejects.toMatchObject({
      code: 'membership.people_only',
    });
    expect(await decide(doors, versionNo, yes, bo)).toMatchObject({
      state: 'published',
      publishedBy: 'Ann',
      approvedBy: 'Bo',
    });
    expect((await createProgramme(at.platform).versions()).map(({ startsAt }) => startsAt)).toEqual(
      [Date.parse('2026-06-30T16:00:00Z')],
    );
    await expect(decide(doors, versionNo, yes, bo)).rejects.toMatchObject({
      code: 'membership.programme_not_waiting',
    });
    const { rows } = await at.platform.pg.query(
      "select action, actor_id as by, details from audit_log where action like 'membership.%approv%' order by seq",
    );
    expect(rows).toMatchObject([
      {
        action: 'membership.ask_programme_approval',
        by: 11,
        details: { because: ['points.multipliers.0.factor'], startsOn: '2026-07-01' },
      },
      { action: 'membership.approve_programme', by: 12, details: { askedBy: 'Ann' } },
    ]);
  });

  it('is a draft again when it is refused, changed, or taken back', async () => {
    const { at, doors, draft } = brand;
    const versionNo = await draft(sampleProgramme({ points: { rate: { amount: 50, per: '1' } } }));
    const ask = (revision: number) =>
      publish(doors, versionNo, { startsOn: '2026-08-01', revision }, ann);
    await ask(1);
    expect(
      await decide(doors, versionNo, { isApproved: false, reason: '太多了' }, bo),
    ).toMatchObject({ state: 'draft', startsAt: null, reason: '太多了' });
    await ask(1);
    expect(
      (
        await at.ask(changeDraft, {
          params: { versionNo },
          body: { revision: 1, definition: generous() },
        })
      ).body,
    ).toMatchObject({ phase: 'draft', startsOn: null });
    await expect(ask(1)).rejects.toMatchObject({ code: 'membership.programme_changed' });
    await expect(
      decide(doors, versionNo, { isApproved: true, reason: '' }, bo),
    ).rejects.toMatchObject({ code: 'membership.programme_not_waiting' });
  });

  it('is not begun late: who approves after its day is told to choose another', async () => {
    const { at, doors, draft } = brand;
    const versionNo = await draft(sampleProgramme({ points: { rate: { amount: 50, per: '1' } } }));
    await publish(doors, versionNo, { startsOn: '2026-09-01', revision: 1 }, ann);
    await brand.join(1, versionNo);
    at.setTime('2026-09-02T00:00:00Z');
    await expect(
      decide(doors, versionNo, { isApproved: true, reason: '' }, bo),
    ).rejects.toMatchObject({ code: 'membership.programme_starts_in_past' });
    at.setTime('2026-06-18T04:00:00Z');
  });

  it('is asked for by a person, not by a token', async () => {
    const { doors, draft } = brand;
    await expect(
      publish(
        doors,
        await draft(sampleProgramme({ points: { rate: { amount: 50, per: '1' } } })),
        { startsOn: '2026-10-01', revision: 1 },
        { ...ann, kind: 'token' },
      ),
    ).rejects.toMatchObject({ code: 'membership.people_only' });
  });

  it('is the same for two who publish at once: one day has one version', async () => {
    const { doors, draft } = brand;
    const both = [await draft(sampleProgramme()), await draft(sampleProgramme())];
    const done = await Promise.allSettled(
      both.map((versionNo) =>
        publish(doors, versionNo, { startsOn: '2026-12-01', revision: 1 }, ann),
      ),
    );
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
