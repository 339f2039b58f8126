import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addChannelAccount } from '../../../../../test/channel-accounts.ts';
import { createMessagingServer, type MessagingServer } from '../../../../../test/messaging-server.ts';
import { createReceiver, type Receiver } from '../../../../../test/receiver.ts';
import { createSay } from '../../../../platform/i18n.ts';
import type { Answer, Parcel, RenderedMessage, TemplateBinding } from '../../part.ts';
import { createChannels } from '../channels.ts';
import { carries } from './carries.ts';

describe('an approved template', () => {
  let test: MessagingServer;
  let receiver: Receiver;
  let channels: ReturnType<typeof createChannels>;
  let tencent: number;
  beforeAll(async () => {
    [test, receiver] = await Promise.all([createMessagingServer(''), createReceiver()]);
    test.platform.config.outboundAllow.push('127.0.0.1');
    const keys = { signName: '常青', endpoint: receiver.url };
    await addChannelAccount(test.platform, 'alisms', { ...keys, accessKeyId: 'id' }, { secrets: { accessKeySecret: 's' } });
    tencent = await addChannelAccount(test.platform, 'tencentsms', { ...keys, secretId: 'id', sdkAppId: '1' }, { secrets: { secretKey: 's' } });
    receiver.react((request, response) => {
      const isTencent = request.headers['x-tc-action'] !== undefined;
      response.writeHead(200).end(JSON.stringify(isTencent ? { Response: { SendStatusSet: [{ SerialNo: 's-1', Code: 'Ok' }] } } : { Code: 'isv.SMS_TEMPLATE_ILLEGAL' }));
    });
    channels = createChannels({ ...test, say: createSay(), facts: test.collect });
  });
  afterAll(async () => {
    await channels.stop?.();
    await Promise.all([test.close(), receiver.close()]);
  });
  const handOver = async (message: RenderedMessage): Promise<[number | null, Answer]> => {
    let told: [number | null, Answer] | undefined;
    const parcel: Parcel = { key: `k-${Math.random()}`, to: '+8613800138000', locale: 'zh-CN', purpose: 'marketing', message };
    await channels.handOver('sms', [parcel], async () => {}, async (_key, accountNo, answer) => void (told = [accountNo, answer]), new AbortController().signal);
    if (!told) throw new Error('nothing was answered');
    return told;
  };

  it('goes by an account of whoever approved it, though another is asked first', async () => {
    expect(await handOver({ text: '', provider: 'tencent', providerTemplate: '210001' })).toEqual([tencent, { outcome: 'taken', providerId: 's-1' }]);
  });

  it('of somebody without an account is sent by nobody, and says why', async () => {
    const before = receiver.received.length;
    expect((await handOver({ text: '新茶', provider: 'twilio' }))[1]).toEqual({ outcome: 'refused', code: 'other_provider' });
    expect(receiver.received).toHaveLength(before);
    expect(await Promise.all([[{ provider: 'twilio' }], [{ provider: 'tencent', providerTemplate: '1' }], [{ provider: 'aliyun', providerTemplate: '1' }, {}]].map((bindings) => channels.canCarry('sms', bindings as TemplateBinding[])))).toEqual([false, true, false]);
  });

  it('is what some send alone: free words go by the others', () => {
    expect(carries('alisms', {})).toBe(false);
    expect(carries('twilio', {})).toBe(true);
    expect(carries('alisms', { confirm: 'abc' })).toBe(true);
    expect(carries('smtp', {})).toBe(true);
  });
});
