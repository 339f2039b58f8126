import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { publishSample, sampleProgramme } from '../../../../../test/sample-programme.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { createCustomers } from '../../../customers/public.ts';
import { createProgramme } from '../../programme/programme.ts';
import { ensureJoined } from '../join.ts';
import { joinByPolicy } from './join-by-policy.ts';

describe('joining by policy, while other things happen', () => {
  let test: TestPlatform;
  let people: number[];
  beforeAll(async () => {
    test = await createTestPlatform();
    const customers = createCustomers(test.platform);
    people = await inTransaction(test.platform.pg, (client) => customers.identities.resolve(client, Array.from({ length: 200 }, (_, n) => (
      { identifiers: [{ kind: 'external_id' as const, namespace: '', value: `S${n}` }], at: new Date('2026-01-01'), channel: '官网' }))));
    await customers.copier.drain();
    await publishSample(
      test.platform.pg,
      sampleProgramme({ joining: { who: 'everybody' } }),
      '2026-01-01T00:00:00Z',
    );
  });
  afterAll(() => test.close());

  const run = async (platform: Platform = test.platform): Promise<void> => {
    while (await joinByPolicy(platform, createProgramme(platform)));
  };
  const counts = async () => (await test.platform.pg.query<{ members: number; lines: number }>(
    "select (select count(*)::int from member) as members, (select count(*)::int from tier_change where kind = 'join') as lines")).rows[0];

  it('leaves nothing behind of a transaction that fails, and does all of it the next time', async () => {
    const { reader } = test.platform;
    const broken: Platform = {
      ...test.platform,
      reader: {
        ...reader,
        async *bytes(...question) {
          for await (const chunk of reader.bytes(...question)) yield chunk;
          throw new Error('the connection was lost');
        },
      },
    };
    await expect(run(broken)).rejects.toThrow('the connection was lost');
    expect(await counts()).toEqual({ members: 0, lines: 0 });
  });

  it('joins everybody once although three workers are at it and orders come in', async () => {
    const versions = await createProgramme(test.platform).versions();
    const orders = people.slice(0, 100).map((customerNo) => inTransaction(test.platform.pg, (client) => ensureJoined(client, versions, [
      { customerNo, at: Date.parse('2026-06-18'), way: 'order', channel: null, hasOrdered: true }], new Date('2026-06-18'))));
    const joined = await Promise.all(orders.concat([run(), run(), run()] as never[]));
    await run();
    expect(await counts()).toEqual({ members: 200, lines: 200 });
    expect(
      joined.slice(0, 100).flatMap((each) => [...(each?.values() ?? [])]).every((answer) => 'member' in answer),
    ).toBe(true);
  });

  it('keeps its place while a transaction of somebody else is open', async () => {
    await inTransaction(test.platform.pg, async (client) => {
      await client.query("select from membership_cursor where name = 'joining' for update");
      expect(await joinByPolicy(test.platform, createProgramme(test.platform))).toBe(false);
    });
    expect(await counts()).toEqual({ members: 200, lines: 200 });
  });
});
