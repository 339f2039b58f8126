import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addChannelAccount,
  addMailAccount,
} from '../../../../../test/channel-accounts.ts';
import {
  createTestPlatform,
  type TestPlatform,
} from '../../../../../test/harness.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { readOpenAccount, readOpenAccounts, updateAccount } from './store.ts';

describe('accounts of channels', () => {
  let test: TestPlatform;
  beforeAll(async () => {
    test = await createTestPlatform();
  });
  afterAll(() => test.close());
  const read = (accountNo: number) =>
    readOpenAccount(test.platform.pg, test.platform.secret, accountNo);

  it("keep what is secret unreadable, and open with the deployment's secret only", async () => {
    const accountNo = await addMailAccount(test.platform, 25, {
      secrets: { password: 'three green kettles' },
      testers: ['me@shop.test'],
    });
    const { rows } = await test.platform.pg.query(
      "select a::text || encode(secrets, 'escape') || encode(testers, 'escape') as text from channel_account a",
    );
    expect(rows[0].text).not.toMatch(/kettles|me@shop/);
    expect(await read(accountNo)).toMatchObject({
      secrets: { password: 'three green kettles' },
      testers: ['me@shop.test'],
    });
    await expect(
      readOpenAccount(
        test.platform.pg,
        'another secret of thirty-two letters',
        accountNo,
      ),
    ).rejects.toThrow();
  });

  it('cannot be given the secrets of another', async () => {
    const [one, other] = [
      await addMailAccount(test.platform, 25),
      await addMailAccount(test.platform, 25),
    ];
    await test.platform.pg.query(
      'update channel_account set secrets = (select secrets from channel_account where account_no = $2) where account_no = $1',
      [one, other],
    );
    await expect(read(one)).rejects.toThrow();
    await test.platform.pg.query(
      'delete from channel_account where account_no = $1',
      [one],
    );
  });

  it('stand in the order they were added in, without those that are off', async () => {
    const added = [
      await addChannelAccount(test.platform, 'webhook', {
        url: 'https://a.test',
      }),
      await addChannelAccount(
        test.platform,
        'webhook',
        { url: 'https://b.test' },
        { state: 'off' },
      ),
      await addChannelAccount(
        test.platform,
        'webhook',
        { url: 'https://c.test' },
        { state: 'test' },
      ),
    ];
    const open = await readOpenAccounts(
      test.platform.pg,
      test.platform.secret,
      'webhook',
    );
    expect(open.map(({ accountNo }) => accountNo)).toEqual([
      added[0],
      added[2],
    ]);
  });

  it('have a new version with each change, so that every process opens them anew', async () => {
    const accountNo = await addChannelAccount(test.platform, 'webhook', {
      url: 'https://a.test',
    });
    const before = (await read(accountNo))!;
    await inTransaction(test.platform.pg, (client) =>
      updateAccount(client, test.platform.secret, accountNo, {
        ...before,
        perSecond: 7,
        settings: { url: 'https://d.test' },
      }),
    );
    expect(await read(accountNo)).toMatchObject({
      version: before.version + 1,
      perSecond: 7,
      settings: { url: 'https://d.test' },
      channel: 'webhook',
    });
  });

  it("are nobody's where the number is not known", async () => {
    expect(await read(999_999)).toBeNull();
  });
});
