import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  formBody,
  jsonBody,
  openProviderAccount,
  type ProviderAccount,
  type Said,
} from '../../../../../test/provider-account.ts';
import { signAli } from './ali.ts';
import { signTencent } from './tencentsms.ts';

const coded = {
  message: {
    text: '',
    providerTemplate: 'SMS_1',
    variables: { name: '林', code: '8848' },
  },
};

describe('text messages by Alibaba Cloud', () => {
  let account: ProviderAccount;
  beforeAll(async () => {
    account = await openProviderAccount('alisms', {
      accessKeyId: 'id',
      accessKeySecret: 'secret',
      signName: '常青',
    });
  });
  afterAll(() => account.close());

  it('are signed as the documentation of the signature shows', () => {
    const { authorization } = signAli({
      host: 'ecs.cn-shanghai.aliyuncs.com',
      action: 'RunInstances',
      version: '2014-05-26',
      body: '',
      accessKeyId: 'YourAccessKeyId',
      accessKeySecret: 'YourAccessKeySecret',
      query: {
        RegionId: 'cn-shanghai',
        ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
      },
      at: new Date('2023-10-26T10:22:32Z'),
      nonce: '3156853299f313e23d1673dc12e1703d',
    });
    expect(authorization).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('are an approved template under the signature, filled by names; our key comes back with receipts', async () => {
    account.says([200, { Code: 'OK', BizId: 'biz-1', Message: 'OK' }]);
    expect(await account.send(coded)).toEqual({
      outcome: 'taken',
      providerId: 'biz-1',
    });
    const request = account.receiver.received.at(-1)!;
    expect([
      request.headers['x-acs-action'],
      request.headers['x-acs-content-sha256'],
    ]).toEqual([
      'SendSms',
      createHash('sha256').update(request.body).digest('hex'),
    ]);
    expect(formBody(request)).toEqual({
      PhoneNumbers: '13800138000',
      SignName: '常青',
      TemplateCode: 'SMS_1',
      TemplateParam: '{"name":"林","code":"8848"}',
      OutId: 'k-1',
      RegionId: 'cn-hangzhou',
    });
    await account.send({ ...coded, to: '+85223456789' });
    expect(formBody(account.receiver.received.at(-1)!).PhoneNumbers).toBe(
      '85223456789',
    );
  });

  it.each<[Said, object]>([
    [
      [200, { Code: 'isv.BUSINESS_LIMIT_CONTROL' }],
      {
        outcome: 'later',
        code: 'isv.BUSINESS_LIMIT_CONTROL',
        retryAfterMs: 3_600_000,
      },
    ],
    [
      [200, { Code: 'isv.MOBILE_NUMBER_ILLEGAL' }],
      { outcome: 'refused', isDeadAddress: true },
    ],
    [
      [200, { Code: 'isv.PARAM_LENGTH_LIMIT' }],
      { outcome: 'refused', isDeadAddress: false },
    ],
    [[200, { Code: 'isv.SMS_TEMPLATE_ILLEGAL' }], { outcome: 'refused' }],
    [
      [200, { Code: 'isv.AMOUNT_NOT_ENOUGH' }],
      { outcome: 'later', isAccountsFault: true },
    ],
    [
      [200, { Code: 'isv.ACCOUNT_ABNORMAL' }],
      { outcome: 'later', isAccountsFault: true },
    ],
    [
      [400, { Code: 'SignatureDoesNotMatch' }],
      { outcome: 'later', isAccountsFault: true },
    ],
    [
      [200, { Code: 'isp.SYSTEM_ERROR' }],
      { outcome: 'later', isAccountsFault: true },
    ],
    [
      [400, { Code: 'Throttling.User' }],
      { outcome: 'later', isTooQuick: true },
    ],
    [
      [200, { Code: '<b>13800138000</b>' }],
      { outcome: 'refused', code: 'other' },
    ],
  ])(
    'tell %j apart, which mostly comes with status 200',
    async (said, expected) => {
      account.says(said);
      expect(await account.send(coded)).toMatchObject(expected);
    },
  );

  it('without a template do not leave', async () => {
    const before = account.receiver.received.length;
    expect(await account.send()).toEqual({
      outcome: 'refused',
      code: 'no_template',
    });
    expect(account.receiver.received).toHaveLength(before);
  });
});

describe('text messages by Tencent Cloud', () => {
  let account: ProviderAccount;
  beforeAll(async () => {
    account = await openProviderAccount('tencentsms', {
      secretId: 'AKID',
      secretKey: 'key',
      sdkAppId: '1400006666',
      signName: '常青',
    });
  });
  afterAll(() => account.close());

  it.each([[3, { parts: 3 }], [0, {}], ['x', {}]])('say how many %j they are charged as', async (Fee, expected) => {
    account.says([200, { Response: { SendStatusSet: [{ SerialNo: 's-2', Code: 'Ok', Fee }] } }]);
    expect(await account.send(coded)).toEqual({ outcome: 'taken', providerId: 's-2', ...expected });
  });

  it('are signed by TC3-HMAC-SHA256 over exactly what is sent', async () => {
    account.says([
      200,
      { Response: { SendStatusSet: [{ SerialNo: 's-1', Code: 'Ok' }] } },
    ]);
    expect(await account.send(coded)).toEqual({
      outcome: 'taken',
      providerId: 's-1',
    });
    const { headers, body } = account.receiver.received.at(-1)!;
    const mac = (key: string | Buffer, text: string): Buffer =>
      createHmac('sha256', key).update(text).digest();
    const hashed = (data: string | Buffer): string =>
      createHash('sha256').update(data).digest('hex');
    const canonical = `POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:${headers.host}\n\ncontent-type;host\n${hashed(body)}`;
    const toSign = `TC3-HMAC-SHA256\n${headers['x-tc-timestamp'] as string}\n2026-06-18/sms/tc3_request\n${hashed(canonical)}`;
    const signature = mac(
      mac(mac(mac('TC3key', '2026-06-18'), 'sms'), 'tc3_request'),
      toSign,
    ).toString('hex');
    expect(headers.authorization).toBe(
      `TC3-HMAC-SHA256 Credential=AKID/2026-06-18/sms/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`,
    );
    expect([
      headers['x-tc-action'],
      headers['x-tc-version'],
      headers['x-tc-region'],
    ]).toEqual(['SendSms', '2021-01-11', 'ap-guangzhou']);
  });

  it('are filled in the order of the template', () => {
    expect(jsonBody(account.receiver.received.at(-1)!)).toEqual({
      PhoneNumberSet: ['+8613800138000'],
      SmsSdkAppId: '1400006666',
      SignName: '常青',
      TemplateId: 'SMS_1',
      TemplateParamSet: ['林', '8848'],
      SessionContext: 'k-1',
    });
    const call = {
      host: 'sms.tencentcloudapi.com',
      service: 'sms',
      body: '{}',
      secretId: 'a',
      secretKey: 'b',
      at: new Date(0),
    };
    expect(signTencent(call)).not.toBe(signTencent({ ...call, body: '{ }' }));
  });

  const ofNumber = (Code: string): Said => [
    200,
    { Response: { SendStatusSet: [{ SerialNo: '', Code, Message: 'x' }] } },
  ];
  const ofCall = (Code: string): Said => [
    200,
    { Response: { Error: { Code, Message: 'x' } } },
  ];
  it.each<[Said, object]>([
    [
      ofNumber('LimitExceeded.PhoneNumberDailyLimit'),
      { outcome: 'later', retryAfterMs: 3_600_000 },
    ],
    [
      ofNumber('InvalidParameterValue.IncorrectPhoneNumber'),
      { outcome: 'refused', isDeadAddress: true },
    ],
    [
      ofNumber('FailedOperation.TemplateParamSetNotMatchApprovedTemplate'),
      { outcome: 'refused', isDeadAddress: false },
    ],
    [
      ofNumber('FailedOperation.InsufficientBalanceInSmsPackage'),
      { outcome: 'later', isAccountsFault: true },
    ],
    [
      ofCall('AuthFailure.SignatureFailure'),
      { outcome: 'later', isAccountsFault: true },
    ],
    [ofCall('RequestLimitExceeded'), { outcome: 'later', isTooQuick: true }],
    [
      ofCall('InvalidParameterValue.TemplateParameterLengthLimit'),
      { outcome: 'refused' },
    ],
    [
      [200, { Response: { SendStatusSet: [] } }],
      { outcome: 'refused', code: 'no_status' },
    ],
    [[200, 'nonsense'], { outcome: 'unknown', isAccountsFault: true }],
  ])('tell %j apart, all of it with status 200', async (said, expected) => {
    account.says(said);
    expect(await account.send(coded)).toMatchObject(expected);
  });
});

describe('text messages by Twilio', () => {
  let account: ProviderAccount;
  beforeAll(async () => {
    account = await openProviderAccount('twilio', {
      accountSid: 'AC1',
      authToken: 'token',
      from: '+14155550100',
    });
  });
  afterAll(() => account.close());

  it.each([['2', { parts: 2 }], ['0', {}], [undefined, {}], ['many', {}]])('say of how many parts %j they went', async (num_segments, expected) => {
    account.says([201, { sid: 'SM2', num_segments }]);
    expect(await account.send()).toEqual({ outcome: 'taken', providerId: 'SM2', ...expected });
  });

  it('are a form of the account, from its number or by its messaging service', async () => {
    account.says([201, { sid: 'SM1', status: 'queued' }]);
    expect(await account.send()).toEqual({
      outcome: 'taken',
      providerId: 'SM1',
    });
    const request = account.receiver.received.at(-1)!;
    expect([request.path, request.headers.authorization]).toEqual([
      '/2010-04-01/Accounts/AC1/Messages.json',
      `Basic ${Buffer.from('AC1:token').toString('base64')}`,
    ]);
    expect(formBody(request)).toEqual({
      To: '+8613800138000',
      From: '+14155550100',
      Body: '新茶到店',
    });
    expect(
      await account.adapter.show({
        key: 'k',
        to: '+44',
        locale: 'en',
        purpose: 'service',
        message: { text: 'Hi' },
      }),
    ).toBe('To: +44\nBody: Hi\nFrom: +14155550100');
  });

  it.each<[Said, object]>([
    [
      [400, { code: 21211 }],
      { outcome: 'refused', code: '21211', isDeadAddress: true },
    ],
    [
      [400, { code: 21610 }],
      { outcome: 'refused', code: 'opted_out', isDeadAddress: false },
    ],
    [[400, { code: 21606 }], { outcome: 'later', isAccountsFault: true }],
    [[429, { code: 20429 }], { outcome: 'later', isTooQuick: true }],
    [[401, { code: 20003 }], { outcome: 'later', isAccountsFault: true }],
    [[503, ''], { outcome: 'later', isAccountsFault: true }],
    [[200, '{"error":true}'], { outcome: 'refused' }],
  ])('tell %j apart', async (said, expected) => {
    account.says(said);
    expect(await account.send()).toMatchObject(expected);
  });
});
