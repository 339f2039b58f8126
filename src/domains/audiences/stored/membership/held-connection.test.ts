import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../../test/harness.ts';
import { Bitmap } from '../../../../kernel/bitmap/bitmap.ts';
import { createPool, inTransaction } from '../../../../platform/postgres/pool.ts';
import { everybody } from '../../contract/rule.ts';
import { insertAudience } from '../keeping/store.ts';
import { createMemberships } from './memberships.ts';
import { readStanding } from './read-membership.ts';
import { writeMembers } from './write-membership.ts';

describe('members of an audience', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());

  it('are read on the connection that is held: as many ask at once as there are, and none waits for another one', async () => {
    const { platform } = test;
    const audienceId = await inTransaction(platform.pg, (client) => insertAudience(client, { name: 'out', reason: '', kind: 'live', rule: everybody, owner: 'test' }, new Date()));
    const standing = (await readStanding(platform.pg, audienceId))!;
    await inTransaction(platform.pg, (client) => writeMembers(client, { standing, before: Bitmap.empty, after: Bitmap.of([3, 5]), at: new Date(), isWhole: true }));
    const few = createPool(String(platform.pg.options.connectionString), 2, platform.log);
    const memberships = createMemberships({ ...platform, pg: few });
    const all = Promise.all(Array.from({ length: 8 }, () => inTransaction(few, (client) => memberships.members(audienceId, null, client))));
    const late = new Promise<never>((_, fail) => void setTimeout(() => fail(new Error('they wait for each other')), 5_000));
    expect((await Promise.race([all, late])).map((members) => [...members])).toEqual(Array.from({ length: 8 }, () => [3, 5]));
    await few.end();
  });
});
