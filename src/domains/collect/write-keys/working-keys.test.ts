import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlatform, type TestPlatform } from '../../../../test/harness.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { createWriteKeys, type WriteKeys } from './service.ts';
import { createWorkingKeys } from './working-keys.ts';

describe('write keys that work', () => {
  let test: TestPlatform;
  let keys: WriteKeys;
  beforeAll(async () => {
    test = await createTestPlatform();
    keys = createWriteKeys(test.platform);
  });
  afterAll(() => test.close());

  it('are found by their secret, over and over, until half a second after they were revoked', async () => {
    const [one, other] = [await keys.create('one'), await keys.create('other')];
    const working = createWorkingKeys(test.platform.pg);
    await working.fresh();
    for (let again = 0; again < 3; again++) {
      expect(working.find(one.secret)).toBe(one.key.writeKeyId);
      expect(working.find(other.secret)).toBe(other.key.writeKeyId);
      expect(working.find(`${one.secret}x`)).toBeNull();
    }
    await keys.revoke(one.key.writeKeyId, systemActor);
    await sleep(510);
    await working.fresh();
    expect(working.find(one.secret)).toBeNull();
    expect(working.find(other.secret)).toBe(other.key.writeKeyId);
  });

  it('are noted as used, once a minute at most', async () => {
    const { secret, key } = await keys.create('used');
    const working = createWorkingKeys(test.platform.pg);
    await working.fresh();
    for (let again = 0; again < 50; again++) working.find(secret);
    const usedAt = async () => (await test.platform.pg.query<{ at: Date | null }>('select last_used_at as at from write_key where write_key_id = $1', [key.writeKeyId])).rows[0].at;
    await expect.poll(usedAt).toBeInstanceOf(Date);
    const first = await usedAt();
    await sleep(20);
    working.find(secret);
    await sleep(100);
    expect(await usedAt()).toEqual(first);
  });
});
