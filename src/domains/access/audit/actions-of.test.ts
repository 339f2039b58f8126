import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { type Actor, systemActor } from '../../../kernel/actor.ts';
import { actionsOf } from './actions-of.ts';
import { recordAudit } from './record.ts';

const hourMs = 3_600_000;

describe('what people did, by the audit log', () => {
  let test: TestPlatform;
  let now: Date;
  beforeAll(async () => {
    test = await createTestPlatform();
    const { pg } = test.platform;
    const write = (kind: Actor['kind'], id: number, action: string) => recordAudit(pg, { actor: { ...systemActor, kind, id, name: 'x' }, action, subject: 'x:1' });
    for (let n = 0; n < 3; n++) await write('staff', 1, 'a.make');
    await write('staff', 1, 'a.change');
    await write('staff', 1, 'a.other');
    await write('staff', 2, 'a.make');
    // A token of the same number is nobody.
    await write('token', 1, 'a.make');
    ({ rows: [{ now }] } = await pg.query<{ now: Date }>('select now()'));
  });
  afterAll(() => test.close());

  const of = (staffId: number, actions: string[], hours: [from: number, until: number] = [-1, 1]) =>
    ({ staffId, actions, from: new Date(now.getTime() + hours[0] * hourMs), until: new Date(now.getTime() + hours[1] * hourMs) });

  it('is counted for each in the order asked, within its time', async () => {
    const asked = [of(2, ['a.make']), of(1, ['a.make', 'a.change']), of(1, ['a.make'], [-2, -1]), of(3, ['a.make']), of(1, [])];
    expect((await actionsOf(test.platform.pg, asked, 10)).map(({ count }) => count)).toEqual([1, 4, 0, 0, 0]);
    expect(await actionsOf(test.platform.pg, [], 10)).toEqual([]);
  });

  it('names the first rows, and counts those beyond', async () => {
    const [found] = await actionsOf(test.platform.pg, [of(1, ['a.make'])], 2);
    expect(found).toMatchObject({ count: 3, rows: [{ seq: expect.any(Number), at: expect.any(Date) }, {}] });
    expect(found.rows).toHaveLength(2);
    expect(found.rows[0].seq).toBeLessThan(found.rows[1].seq);
  });
});
