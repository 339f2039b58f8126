import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDrawingBrand, type DrawingBrand } from '../../../../../test/drawing-brand.ts';
import { sampleActivity, signIn } from '../../../../../test/sample-activity.ts';
import { whileHeld } from '../../../../../test/while-held.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { insertActivity } from '../../../membership/activities/plan/store.ts';
import { createBenefit, turnActivity } from '../../../membership/contract.ts';
import { createBudgetBook } from '../book.ts';

describe('a program whose lines are others now', () => {
  let drawing: DrawingBrand;
  let pool: pg.Pool;
  beforeAll(async () => {
    drawing = await createDrawingBrand(10);
    pool = drawing.brand.platform.pg;
  });
  afterAll(() => drawing.close());

  const benefit = async (inAll: number | null): Promise<string> => {
    const { body, text, status } = await drawing.ask(createBenefit, { body: { names: { en: 'Gift' }, notes: '', tiers: ['silver'], promise: { kind: 'free_shipping', from: '0' }, cost: '5', validDays: null, limits: { perMember: null, inAll }, startsAt: '2026-06-01T00:00:00Z', endsAt: null } });
    expect(status, text).toBe(201);
    return `benefit:${body.benefitId}`;
  };
  const draw = (program: string, lineNos: number[]) =>
    pool.query("update plan_item set body = jsonb_set(body, '{lineNos}', to_jsonb($2::int[])) where kind = 'program_place' and body ->> 'program' = $1", [program, lineNos]);
  const reserved = async (lineNo: number): Promise<string> => (await drawing.amounts(lineNo)).reserved;

  it('is followed beside whoever locks its old and its new line in their order, and neither waits for the other for ever', async () => {
    const { plan, follow, place } = drawing;
    const [low, high] = [await plan.line({ purpose: 'gifts' }), await plan.line({ purpose: 'gifts' })];
    const program = await benefit(null);
    await place(program, [low]);
    await plan.order(high, 'commit', '5', program);
    const lock = 'select from budget_line where line_no = $1 for update';
    await whileHeld(pool, (client) => client.query(lock, [low]), follow, (client) => client.query(lock, [high]));
  });

  it('gives back what is still put aside when its turn comes, and never what was promised meanwhile', async () => {
    const { plan, follow, place, amounts } = drawing;
    const [old, other] = [await plan.line({ purpose: 'gifts' }), await plan.line({ purpose: 'gifts' })];
    const program = await benefit(4);
    await place(program, [old]);
    await follow();
    expect(await reserved(old)).toBe('20');
    await draw(program, [other]);
    const book = createBudgetBook(drawing.brand.platform);
    const promise = (client: pg.PoolClient) => book.carryOut(client, { lineNo: old, program, key: `meanwhile ${old}`, by: 'a', command: { kind: 'commit', amount: 50_000n } });
    await whileHeld(pool, promise, follow, async () => {});
    expect(await amounts(old)).toMatchObject({ reserved: '0', committed: '5' });
    expect(await reserved(other)).toBe('15');
  });

  it('puts aside again what it gave back, on whichever line it is put, the old one too', async () => {
    const { plan, follow, place } = drawing;
    const [one, other] = [await plan.line({ purpose: 'gifts' }), await plan.line({ purpose: 'gifts' })];
    const program = await benefit(4);
    await place(program, [one]);
    await follow();
    await draw(program, []);
    await follow();
    expect(await reserved(one)).toBe('0');
    await draw(program, [one]);
    await follow();
    expect([await reserved(one), await follow()]).toEqual(['20', 0]);
    await draw(program, [other]);
    await follow();
    expect([await reserved(one), await reserved(other)]).toEqual(['0', '20']);
    expect(await follow()).toBe(0);
  });

  it('takes along what it put aside also where it has not begun', async () => {
    const { plan, follow, place, ask } = drawing;
    const [one, other] = [await plan.line({ purpose: 'gifts' }), await plan.line({ purpose: 'gifts' })];
    const definition = sampleActivity(signIn(), { budget: 500, startsAt: '2026-12-01T00:00:00Z', endsAt: '2026-12-20T00:00:00Z' });
    const activityNo = await inTransaction(pool, (client) => insertActivity(client, definition, Buffer.alloc(32), 'a', new Date('2026-06-01T00:00:00Z')));
    await place(`activity:${activityNo}`, [one]);
    expect((await ask(turnActivity, { params: { activityNo }, body: { turn: 'publish' } })).body.state).toBe('scheduled');
    expect(await reserved(one)).toBe('5');
    await draw(`activity:${activityNo}`, [other]);
    await follow();
    expect([await reserved(one), await reserved(other)]).toEqual(['0', '5']);
    expect(await follow()).toBe(0);
    await ask(turnActivity, { params: { activityNo }, body: { turn: 'end' } });
    await follow();
    expect(await reserved(other)).toBe('0');
  });
});
