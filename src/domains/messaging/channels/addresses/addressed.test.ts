import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addChannelAccount } from '../../../../../test/channel-accounts.ts';
import { createMessagingServer, type MessagingServer } from '../../../../../test/messaging-server.ts';
import { createSay } from '../../../../platform/i18n.ts';
import { identifierKinds } from '../../../customers/public.ts';
import { createChannels } from '../channels.ts';
import { keepDevice } from './devices.ts';

describe('who can be addressed on a channel, before anybody is', () => {
  let test: MessagingServer;
  let channels: ReturnType<typeof createChannels>;
  beforeAll(async () => {
    test = await createMessagingServer('');
    channels = createChannels({ ...test, say: createSay(), facts: test.collect });
    await test.platform.pg.query('insert into customer (customer_no, created_at) select n, now() from generate_series(1, 9) n');
    await test.platform.pg.query('update customer set status = 1, merged_into = 2, merged_at = now() where customer_no = 8');
  });
  afterAll(async () => {
    await channels.stop?.();
    await test.close();
  });
  const follows = (customerNo: number, app: string, openId: string) => {
    const { vault } = test.customers;
    return test.platform.pg.query('insert into identifier (kind, namespace, hash, customer_no, value, added_at) values ($1, $2, $3, $4, $5, now())',
      [identifierKinds.openid, app, vault.hashOf('openid', app, openId), customerNo, vault.seal('openid', app, openId)]);
  };
  const addressed = async (channel: 'wechat' | 'wecom' | 'app_push' | 'email') => {
    const found = await channels.addressed(channel);
    return found && [...found.toArray()];
  };
  const freshMs = 1_100;

  it('has an open id of the app, or is a contact of the corporation, that an account is of', async () => {
    await follows(1, 'wx1', 'o-1');
    await follows(2, 'wx2', 'o-2');
    await follows(3, 'corp', 'wm-3');
    expect(await addressed('wechat')).toEqual([1, 2, 3]);
    await addChannelAccount(test.platform, 'wechat', { appId: 'wx1' });
    await addChannelAccount(test.platform, 'wecom', { corpId: 'corp' });
    await new Promise((done) => setTimeout(done, freshMs));
    expect(await addressed('wechat')).toEqual([1]);
    expect(await addressed('wecom')).toEqual([3]);
  });

  it('signed in on a device of the app, also as somebody they became one with', async () => {
    const accountNo = await addChannelAccount(test.platform, 'fcm', { projectId: 'p' });
    const person = (customerNo: number) => ({ recognise: async () => ({ customerNo }) }) as never;
    await keepDevice(test.platform, person(4), { accountNo, address: 'token-4' }, { customerNo: 4 });
    await keepDevice(test.platform, person(8), { accountNo, address: 'token-8' }, { customerNo: 8 });
    expect(await addressed('app_push')).toEqual([2, 4, 8]);
  });

  it('is for others to tell where any account reaches every address', async () => {
    expect(await addressed('email')).toBeNull();
  });
});
