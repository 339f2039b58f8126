import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDrawingBrand, type DrawingBrand } from '../../../../../test/drawing-brand.ts';
import { sampleActivity, signIn } from '../../../../../test/sample-activity.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { insertActivity } from '../../../membership/activities/plan/store.ts';
import { type ActivityDefinition, createBenefit, readActivity, readBenefit, stopBenefit, turnActivity } from '../../../membership/contract.ts';

describe('a program that its lines stopped', () => {
  let drawing: DrawingBrand;
  beforeAll(async () => void (drawing = await createDrawingBrand(10)));
  afterAll(() => drawing.close());

  const activity = async (changes: Partial<ActivityDefinition> = {}): Promise<number> => {
    const { pg } = drawing.brand.platform;
    const activityNo = await inTransaction(pg, (client) => insertActivity(client, sampleActivity(signIn(), changes), Buffer.alloc(32), 'a', new Date('2026-06-01T00:00:00Z')));
    await pg.query("update activity set state = 'published' where activity_no = $1", [activityNo]);
    return activityNo;
  };
  const played = async (activityNo: number) => (await drawing.ask(readActivity, { params: { activityNo } })).body;
  const turn = (activityNo: number, to: 'pause' | 'resume') => drawing.ask(turnActivity, { params: { activityNo }, body: { turn: to } });
  const benefit = async (startsAt: string, planned: string | null = null): Promise<number> => {
    const { body, status, text } = await drawing.ask(createBenefit, { body: { names: { en: 'Gift' }, notes: '', tiers: ['silver'], promise: { kind: 'free_shipping', from: '0' }, cost: '5', ...(planned === null ? {} : { planned }), validDays: null, limits: { perMember: null, inAll: null }, startsAt, endsAt: null } });
    expect(status, text).toBe(201);
    return body.benefitId;
  };
  const stop = (benefitId: number, stopped: boolean) => drawing.ask(stopBenefit, { params: { benefitId }, body: { stopped } });

  it('does not go on where the next look would stop it again: room of months to come is none for what has begun', async () => {
    const { plan, place, follow, ask } = drawing;
    const [on, later] = [await plan.line({ cap: '10', purpose: 'gifts' }), await plan.line({ purpose: 'gifts', fromMonth: '2026-09' })];
    const benefitId = await benefit('2026-06-01T00:00:00Z');
    await place(`benefit:${benefitId}`, [on, later]);
    await plan.order(on, 'commit', '10', `benefit:${benefitId}`);
    await follow();
    expect((await ask(readBenefit, { params: { benefitId } })).body.state).toBe('stopped');
    expect(await stop(benefitId, false)).toMatchObject({ status: 409, code: 'planning.budget_program_empty' });
    // Before it begins it may count on them.
    const ahead = await benefit('2026-10-01T00:00:00Z');
    await place(`benefit:${ahead}`, [on, later]);
    await stop(ahead, true);
    expect((await stop(ahead, false)).status).toBe(200);
  });

  it('does not go on with nothing left because it holds all that was thought to be enough', async () => {
    const { plan, place, follow, ask } = drawing;
    const full = await plan.line({ cap: '15', purpose: 'gifts' });
    const benefitId = await benefit('2026-06-01T00:00:00Z', '10');
    await place(`benefit:${benefitId}`, [full]);
    await plan.order(full, 'commit', '15', `benefit:${benefitId}`);
    await follow();
    expect((await ask(readBenefit, { params: { benefitId } })).body.state).toBe('stopped');
    expect(await stop(benefitId, false)).toMatchObject({ status: 409, code: 'planning.budget_program_empty' });
  });

  it('goes on with what it put aside on a line whose months are over', async () => {
    const { plan, place, follow } = drawing;
    const over = await plan.line({ purpose: 'gifts', untilMonth: '2026-05' });
    const activityNo = await activity();
    await plan.order(over, 'reserve', '3', `activity:${activityNo}`);
    await place(`activity:${activityNo}`, [over]);
    await turn(activityNo, 'pause');
    expect((await turn(activityNo, 'resume')).body.state).toBe('running');
    await follow();
    expect((await played(activityNo)).state).toBe('running');
  });

  it('is told to be stopped by them only until it is over', async () => {
    const { plan, place, follow, brand: { platform } } = drawing;
    const activityNo = await activity({ endsAt: '2026-06-20T00:00:00Z' });
    await place(`activity:${activityNo}`, [await plan.line({ name: '空的', cap: '0', purpose: 'gifts' })]);
    await follow();
    expect(await played(activityNo)).toMatchObject({ state: 'paused', fullLines: ['空的'] });
    const { now } = platform.clock;
    platform.clock.now = () => new Date('2026-06-21T00:00:00Z');
    expect(await played(activityNo)).toMatchObject({ state: 'ended', fullLines: null });
    platform.clock.now = now;
  });
});
