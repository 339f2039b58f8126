import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishSample, sampleProgramme } from './sample-programme.ts';
import { startWholeApp, type WholeApp } from './whole-app.ts';

const patience = { timeout: 30_000, interval: 100 };

describe('an import that is taken back', () => {
  let app: WholeApp;
  beforeAll(async () => {
    app = await startWholeApp();
    await publishSample(app.platform.pg, sampleProgramme(), '2025-01-01T00:00:00Z');
  });
  afterAll(() => app.close());

  const file = 'order_id,customer_id,paid_at,product_id,quantity,unit_price\nA1,ann,2025-03-01 10:00:00,TEA,1,100\nB1,bo,2025-03-02 10:00:00,TEA,2,100\nC1,cy,2025-03-03 10:00:00,TEA,3,100\n';
  const bringIn = async (): Promise<number> => {
    const form = new FormData();
    form.append('file', new Blob([file]), 'orders.csv');
    const packed = new Response(form);
    const { importId } = await app.send<{ importId: number }>('POST', '/api/imports', Buffer.from(await packed.arrayBuffer()), packed.headers.get('content-type')!);
    const { guess } = await app.ask<{ guess: { draft: object } }>('GET', `/api/imports/${importId}/inspection`);
    await app.ask('POST', `/api/imports/${importId}/start`, { mapping: guess.draft });
    return importId;
  };
  const members = async (): Promise<{ no: number; points: number }[]> =>
    (await app.platform.pg.query<{ no: number; points: number }>(
      `select m.customer_no as no, coalesce((select sum(remaining) from points_lot l where l.customer_no = m.customer_no), 0)::int as points from member m order by points`)).rows;

  it('leaves nothing of who was known by it alone, and of who did more only that', async () => {
    const importId = await bringIn();
    await expect.poll(async () => (await members()).map(({ points }) => points), patience).toEqual([100, 200, 300]);
    const [, bo] = await members();
    await app.ask('POST', `/api/members/${bo.no}/points/adjustments`, { key: 'sorry', amount: 50, reason: 'sorry' });
    await app.ask('POST', `/api/imports/${importId}/undo`);
    await expect.poll(async () => (await app.ask<{ state: string }>('GET', `/api/imports/${importId}`)).state, patience).toBe('undone');
    await expect.poll(members, patience).toEqual([{ no: bo.no, points: 50 }]);
    const { rows } = await app.platform.pg.query<{ no: number }>(
      `select customer_no as no from customer union select customer_no from points_account union select customer_no from points_entry union select customer_no from growth_entry
        union select customer_no from tier_change union select customer_no from order_earning where points > 0`);
    expect(rows).toEqual([{ no: bo.no }]);
    await expect.poll(async () => (await app.ask<{ overview: { members: number } | null }>('GET', '/api/membership/overview')).overview?.members, patience).toBe(1);
  });

  it('can be brought in again', async () => {
    await bringIn();
    await expect.poll(async () => (await members()).map(({ points }) => points), patience).toEqual([100, 250, 300]);
  });
});
